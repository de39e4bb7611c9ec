import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

type Props = {
  title: ReactNode;
  /** What to know, in a sentence or two. */
  children?: ReactNode;
  /** The next step: a button or a link. */
  action?: ReactNode;
  icon?: IconName;
  /** True where it stands for the whole page. */
  page?: boolean;
};

/** There is nothing to show, why, and what to do next. */
export function EmptyState({ icon = "inbox", ...rest }: Props) {
  return <State {...rest} icon={icon} />;
}

/** It did not work. Screen readers hear it at once. */
export function ErrorState({ icon = "alert", ...rest }: Props) {
  return <State {...rest} icon={icon} failed />;
}

function State({ title, children, action, icon, page, failed }: Props & { icon: IconName; failed?: boolean }) {
  const Heading = page ? "h1" : "h2";
  return (
    <div role={failed ? "alert" : undefined} className="mx-auto grid max-w-lg justify-items-center gap-2 px-4 py-12">
      <span
        className={classNames(
          "grid size-10 place-items-center rounded-full",
          failed ? "bg-critical-soft text-critical" : "bg-neutral-soft text-neutral",
        )}
      >
        <Icon name={icon} className="size-5" />
      </span>
      <Heading className="text-center text-lg">{title}</Heading>
      {children && <div className="text-center text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
