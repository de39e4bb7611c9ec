import { NotFoundScreen } from "#components/shell/not-found-screen.tsx";

export default function NotFoundPage() {
  return (
    <main id="content" className="px-4 py-8">
      <NotFoundScreen />
    </main>
  );
}
