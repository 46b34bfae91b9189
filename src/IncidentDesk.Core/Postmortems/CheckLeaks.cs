using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;

namespace IncidentDesk.Postmortems;

/// <summary>Looks through a document, as an audience would get it, for what still looks as if it must not be told.</summary>
public sealed class CheckLeaks(DeskDatabase database, RestrictedReads reads, ReadDocument read, Redaction redaction)
{
    /// <summary>More are not listed: who has so many has to look at the text, not at a list.</summary>
    public const int Most = 500;

    /// <param name="Open">Nobody has decided on them; nothing is exported while there are any.</param>
    /// <param name="Accepted">What was decided may be told.</param>
    public sealed record Report(IReadOnlyList<Leak> Open, IReadOnlyList<Leak> Accepted)
    {
        /// <summary>With which the finished text of an export is looked through once more.</summary>
        public required Known Known { get; init; }

        /// <summary>Entries of the timeline that are not for this audience.</summary>
        public int HeldBack { get; init; }
    }

    /// <returns>Each thing once for each part of the document; nothing for an audience of the house. Or <c>Postmortem.NotFound</c>, <c>Document.NotFound</c>.</returns>
    public Task<Result<Report>> HandleAsync(string incidentKey, DocumentSource source, Audience audience, Actor actor, CancellationToken ct) => LookAsync(incidentKey, source, audience, null, actor, ct);

    /// <summary>The same for the very record of which a file is made: another may be written meanwhile.</summary>
    public Task<Result<Report>> OfAsync(string incidentKey, DocumentSource source, DocumentRecord told, Actor actor, CancellationToken ct) => LookAsync(incidentKey, source, told.Audience, told, actor, ct);

    private async Task<Result<Report>> LookAsync(string incidentKey, DocumentSource source, Audience audience, DocumentRecord? told, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        if (!(await read.WholeAsync(db, entered.IncidentId, source, all: false, ct)).TryGet(out var whole, out error)) return error;
        if (!audience.IsWider()) return new Report([], []) { Known = new Known([]) };
        var known = await redaction.KnownAsync(db, entered.IncidentId, whole, audience, ct);
        var record = told ?? await redaction.ForAsync(db, entered.IncidentId, whole, known, audience, ct);
        var found = new List<Leak>();
        DocumentStrings.Map(record, (where, text, isMarkdown) =>
        {
            // The name of a field is the desk's own word, and somebody may be called like it.
            foreach (var piece in isMarkdown ? Fields.Of(text).Select(p => p.IsKnown ? p.Argument : p.Text) : [text]) found.AddRange(LeakCheck.All(where, piece, known));
            return text;
        });
        var leaks = found.Distinct().ToLookup(l => known.IsAccepted(l.Thing, l.Text));
        return new Report([.. leaks[false].Take(Most)], [.. leaks[true].Take(Most)]) { Known = known, HeldBack = whole.Timeline.Count(e => !audience.MaySee(e.Visibility)) };
    }
}
