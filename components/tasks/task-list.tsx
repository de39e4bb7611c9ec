"use client";
import { useEffect, useRef, useState } from "react";
import { TaskItem, taskName } from "#components/tasks/task-item.tsx";
import { listen } from "#components/ui/listen.ts";
import { EmptyState } from "#components/ui/states.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import type { TaskShown } from "#lib/tasks/schema.ts";

type Props = { portfolio: string; tasks: readonly TaskShown[] };

/** What was asked for, told as it goes on. */
export function TaskList({ portfolio, tasks: first }: Props) {
  const t = useTranslator();
  const [tasks, setTasks] = useState(first);
  const [news, setNews] = useState("");
  const before = useRef(new Map(first.map(({ id, state }) => [id, state])));
  useEffect(
    () =>
      listen<TaskShown[]>(`/${portfolio}/tasks/live`, (present) => {
        for (const task of present) {
          const was = before.current.get(task.id);
          if (was === task.state || (was !== "running" && was !== "waiting")) continue;
          if (task.state === "done" || task.state === "failed")
            setNews(t(`tasks.news.${task.state}`, { name: taskName(t, task) }));
        }
        before.current = new Map(present.map(({ id, state }) => [id, state]));
        setTasks(present);
      }),
    [portfolio, t],
  );
  return (
    <>
      <p role="status" className="sr-only">
        {news}
      </p>
      {tasks.length === 0 ? (
        <EmptyState icon="clock" title={t("tasks.none")}>
          {t("tasks.noneBody")}
        </EmptyState>
      ) : (
        <ul className="grid">
          {tasks.map((task) => (
            <TaskItem key={task.id} task={task} />
          ))}
        </ul>
      )}
    </>
  );
}
