import type { ReactNode } from "react";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { notation } from "#lib/api/notation.ts";
import type { Described, Parameter } from "#lib/api/openapi.ts";
import type { MessageKey, Translator } from "#lib/i18n/translator.ts";

const tones: Record<string, Tone> = { get: "info", post: "positive", put: "caution", delete: "critical" };

type Props = { method: string; path: string; operation: Described; t: Translator };

/** One operation: what it is in a line, and on being opened what it takes and answers. */
export function ApiOperation({ method, path, operation, t }: Props) {
  const { summary, parameters, requestBody, responses, operationId } = operation;
  const [[status, { content } = { content: undefined }] = ["", undefined]] = Object.entries(responses).filter(
    ([code]) => code.startsWith("2"),
  );
  const schema = content?.["application/json"]?.schema;
  const sent = requestBody?.content["application/json"]?.schema;
  const within = (place: Parameter["in"]) => parameters.filter((each) => each.in === place);
  return (
    <details id={operationId} className="border-t border-line first:border-t-0">
      <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
        <Badge tone={tones[method]} className="w-16 justify-center font-mono">
          {method.toUpperCase()}
        </Badge>
        <code className="min-w-0 font-mono text-sm break-all">{path}</code>
        <span className="text-muted">{summary}</span>
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 pb-4 sm:pl-4">
        <p className="text-sm">
          {t("api.page.mayRole", { role: t(`people.role.${operation["x-least-role"]}` as MessageKey) })}
        </p>
        <Parameters title={t("api.page.inAddress")} parameters={[...within("path"), ...within("query")]} t={t} />
        <Parameters title={t("api.page.headers")} parameters={within("header")} t={t} />
        {requestBody && (
          <Part title={t("api.page.body")}>
            <Code>{sent ? notation(sent) : Object.keys(requestBody.content).join("\n")}</Code>
          </Part>
        )}
        <Part title={t("api.page.answer", { status })}>
          {content && <Code>{schema ? notation(schema) : Object.keys(content).join("\n")}</Code>}
        </Part>
      </div>
    </details>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-1">
      <p className="text-sm font-semibold">{title}</p>
      {children}
    </div>
  );
}

/** A shape, as it is written. */
export function Code({ children }: { children: string }) {
  return (
    <pre className="rounded-md border border-line bg-surface p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
      {children}
    </pre>
  );
}

function Parameters({ title, parameters, t }: { title: string; parameters: readonly Parameter[]; t: Translator }) {
  if (parameters.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="grid gap-1 text-sm">
        {parameters.map(({ name, required, schema }) => (
          <li key={name} className="min-w-0 wrap-anywhere">
            <code className="font-mono font-semibold">{name}</code>{" "}
            <code className="font-mono text-muted">{notation(schema)}</code>
            {required && <span className="text-muted"> · {t("api.page.required")}</span>}
          </li>
        ))}
      </ul>
    </Part>
  );
}
