import { readQuery, respond } from "#lib/api.ts";
import { teamToday } from "#lib/command.ts";
import { type PublishedCommitment, publishCommitment } from "#lib/commitments/published.ts";
import { getRecordById, getRecordByReference } from "#lib/commitments/record.ts";
import { NotFound } from "#lib/errors.ts";
import { uuid } from "#lib/text.ts";

export const dynamic = "force-dynamic";

/** One record, by its id or its reference ("VL-007"). */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return respond(request, async (actor, search): Promise<PublishedCommitment> => {
    readQuery(search, []);
    const record = uuid.safeParse(id).success
      ? await getRecordById(actor, id)
      : isReference(id)
        ? await getRecordByReference(actor, id)
        : null;
    if (!record) throw new NotFound();
    return publishCommitment(record, teamToday(new Date()));
  });
}

const isReference = (text: string) => /^[\p{L}\d]{1,20}-\d{1,9}$/u.test(text);
