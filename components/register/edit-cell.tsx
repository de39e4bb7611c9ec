"use client";
import { type ComponentType, useEffect, useId, useRef, useState } from "react";
import type { FormData } from "#components/commitments/forms.ts";
import { type FormProps, type Frame, FrameContext } from "#components/commitments/frame.ts";
import { useLeaveGuard } from "#components/commitments/leave-guard.tsx";
import { loadForm } from "#components/commitments/load-form.ts";
import { loadValues } from "#components/commitments/load-values.ts";
import type { CellKind, PartProps } from "#components/register/part.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ErrorState } from "#components/ui/states.tsx";
import { MessagesProvider, useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { recordPath } from "#lib/paths.ts";

type Loaded = { Form: ComponentType<FormProps>; data: FormData };

/** One cell of the table as a form, where it stands. When it is saved, only that row is fetched again. */
export default function EditCell({ base, cell, close, refresh }: PartProps) {
  const t = useTranslator();
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const { setDirty, guarded, asking, guard } = useLeaveGuard();
  const [loaded, setLoaded] = useState<Loaded | "failed" | null>(null);
  const path = recordPath(base.slice(1), cell?.reference ?? "");
  const kind = cell?.kind;

  useEffect(() => {
    if (cell) box.current?.showPopover({ source: cell.button });
  }, [cell]);
  useEffect(() => {
    let gone = false;
    if (kind)
      load(path, kind).then(
        (next) => gone || setLoaded(next),
        () => gone || setLoaded("failed"),
      );
    return () => {
      gone = true;
    };
  }, [path, kind]);

  if (!cell || !kind) return null;
  const frame = (opened: Loaded): Frame => ({
    base: path,
    records: `${base}/commitments`,
    opened: { name: formOf[kind], ...opened },
    loading: null,
    show: () => {},
    close: () => guarded(close),
    setDirty,
    saved: () => {
      setDirty(false);
      void refresh([cell.id]).finally(close);
    },
  });
  return (
    <div
      ref={box}
      popover="manual"
      role="dialog"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented || asking) return;
        // Or the same key closes the question whether to leave, before anybody sees it.
        event.preventDefault();
        guarded(close);
      }}
      className={`popover popover-start max-h-[85dvh] w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line bg-raised p-2 ps-3 text-ink shadow-overlay ${widths[kind]}`}
    >
      <div className="flex items-start gap-2">
        <h2 id={titleId} className="min-w-0 flex-1 py-1 text-base">
          {t(`register.edit.title.${kind}`, { reference: cell.reference })}
        </h2>
        <IconButton icon="close" label={t("common.close")} onClick={() => guarded(close)} />
      </div>
      {loaded === null && <Skeleton label={t("common.loading")} lines={4} />}
      {loaded === "failed" && <ErrorState title={t("commitments.edit.notLoaded")} />}
      {loaded !== null && loaded !== "failed" && (
        <MessagesProvider locale={locale} messages={loaded.data.messages}>
          <FrameContext value={frame(loaded)}>
            <div className="[&>form]:border-0 [&>form]:bg-transparent [&>form]:p-0">
              <loaded.Form data={loaded.data} />
            </div>
          </FrameContext>
          {kind === "status" && (
            <p className="mt-2 text-sm">
              <a href={`${path}#report`}>{t("register.edit.full")}</a>
            </p>
          )}
        </MessagesProvider>
      )}
      {guard}
    </div>
  );
}

const formOf = { status: "report", owner: "owner", deadline: "deadline" } as const;
const widths: Record<CellKind, string> = { status: "max-w-sm", owner: "max-w-sm min-h-64", deadline: "max-w-xl" };

async function load(path: string, kind: CellKind): Promise<Loaded> {
  if (kind !== "status") return loadForm(path, formOf[kind]);
  const [module, data] = await Promise.all([
    import("#components/register/status-form.tsx"),
    loadValues(path, "report"),
  ]);
  return { Form: module.default, data };
}
