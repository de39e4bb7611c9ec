import { Icon } from "#components/ui/icon.tsx";

/** Why a form was not taken. Screen readers hear it at once. */
export function FormProblem({ text }: { text: string | null | undefined }) {
  return (
    // There before it says something, as screen readers need it.
    <div role="alert">
      {text && (
        <p className="flex items-start gap-2 text-critical">
          <Icon name="alert" className="mt-[0.25em]" />
          {text}
        </p>
      )}
    </div>
  );
}
