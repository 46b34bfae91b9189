using System.Text.Json;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Which document of an incident.</summary>
/// <param name="Number">Of a frozen one; null for the postmortem as it stands now, which is the last frozen one while it is final.</param>
public sealed record DocumentSource(DocumentKind Kind, int? Number = null)
{
    public static DocumentSource Draft { get; } = new(DocumentKind.Postmortem);
}

/// <summary>Reads a document as an audience may have it.</summary>
public sealed class ReadDocument(DeskDatabase database, RestrictedReads reads, Redaction redaction, TimeProvider time)
{
    /// <returns>The document, with what is not for this audience taken out; or <c>Postmortem.NotFound</c>, <c>Document.NotFound</c>.</returns>
    public async Task<Result<DocumentRecord>> HandleAsync(string incidentKey, DocumentSource source, Audience audience, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, incidentKey, ct)).TryGet(out var entered, out var error)) return error;
        await reads.NoteAsync(db, entered.Member, entered.IncidentId, ct);
        if (!(await WholeAsync(db, entered.IncidentId, source, audience == Audience.Evidence, ct)).TryGet(out var whole, out error)) return error;
        // A situation report is written for one audience; what is public may be read by members too.
        if (whole.Kind == DocumentKind.SituationReport && audience.IsWider() && await MeantForAsync(db, entered.IncidentId, whole.Number, ct) is var meant && (meant == Audience.Internal || (meant == Audience.Members && audience == Audience.Public)))
            return new Invalid("audience", "Document.NotForAudience", whole.Number, meant);
        return audience.IsWider() ? await redaction.ForAsync(db, entered.IncidentId, whole, audience, ct) : whole with { Audience = audience };
    }

    /// <summary>The document with everything in it.</summary>
    /// <param name="all">The whole log, where it is not frozen.</param>
    /// <remarks>The caller has let the reader in.</remarks>
    internal async Task<Result<DocumentRecord>> WholeAsync(DeskContext db, Guid incidentId, DocumentSource source, bool all, CancellationToken ct)
    {
        if (source.Number is not null) return await FrozenAsync(db, incidentId, source, ct);
        if (source.Kind != DocumentKind.Postmortem || await db.ReadPostmortemAsync(incidentId, ct) is not var (postmortem, written)) return new NotFound("Postmortem.NotFound");
        if (postmortem.State == PostmortemState.Final) return await FrozenAsync(db, incidentId, source, ct);
        var record = await db.ReadDocumentAsync(incidentId, DocumentKind.Postmortem, written, all, time.UtcNow(), ct);
        var comments = await db.PostmortemComments.AsNoTracking().Where(c => c.PostmortemId == postmortem.Id).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(ct);
        return record with
        {
            Title = postmortem.Title,
            Language = postmortem.Language,
            State = postmortem.State,
            Reviewers = [.. postmortem.Reviewers.OrderBy(r => r.AskedAt).ThenBy(r => r.PersonName, StringComparer.Ordinal).Select(r => new DocumentReviewer(r.PersonName, r.AskedAt, r.ApprovedAt, r.Note))],
            Comments = [.. comments.Select(c => new DocumentComment(c.Id, c.SectionId, c.ReplyToId, c.IsQuestion, c.Body, c.At, c.ByName, c.ResolvedAt, c.ResolvedByName))],
        };
    }

    private static Task<Audience> MeantForAsync(DeskContext db, Guid incidentId, int number, CancellationToken ct) =>
        db.FrozenDocuments.Where(d => d.IncidentId == incidentId && d.Kind == DocumentKind.SituationReport && d.Number == number).Select(d => d.Audience).FirstAsync(ct);

    /// <summary>The one of that number, or the last.</summary>
    private static async Task<Result<DocumentRecord>> FrozenAsync(DeskContext db, Guid incidentId, DocumentSource source, CancellationToken ct)
    {
        var json = await db.FrozenDocuments.Where(d => d.IncidentId == incidentId && d.Kind == source.Kind && (source.Number == null || d.Number == source.Number)).OrderByDescending(d => d.Number).Select(d => d.Json).FirstOrDefaultAsync(ct);
        return json is null ? new NotFound("Document.NotFound", source.Number ?? 1) : JsonSerializer.Deserialize<DocumentRecord>(json, DocumentRecord.Json)!;
    }
}
