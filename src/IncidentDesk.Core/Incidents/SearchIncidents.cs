using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.History;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>Looks through all that stands in incidents: titles, entries, mitigations, waves, follow-ups, names of files.</summary>
public sealed class SearchIncidents(DeskDatabase database, RestrictedReads reads)
{
    /// <summary>Of one incident.</summary>
    public const int MostHits = 3;

    /// <param name="SourceId">Of the mitigation, wave, follow-up or file.</param>
    /// <param name="Number">Of the entry.</param>
    /// <param name="At">UTC. Where it stands in the course of events.</param>
    /// <param name="Text">The whole of it, as written.</param>
    public sealed record Hit(SearchKind Kind, Guid SourceId, long Number, DateTime At, string Text);

    /// <param name="Count">How many texts of the incident hold what was looked for.</param>
    /// <param name="Hits">The first of them: the title, then the newest.</param>
    public sealed record Match(Incident Incident, int Count, IReadOnlyList<Hit> Hits);

    /// <param name="Total">How many incidents match, on all pages.</param>
    public sealed record Found(IReadOnlyList<Match> Matches, int Total, SearchText Text);

    private sealed record Group(Guid IncidentId, bool IsInTitle, int Count, DateTime Newest);

    /// <summary>Those with it in the title first, then those with the most texts that hold it, then those with the newest.</summary>
    public async Task<Result<Found>> HandleAsync(IncidentQuestion question, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;
        var text = SearchText.Parse(question.Text);
        if (text.IsEmpty) return new Found([], 0, text);

        // The filter would be asked for each text; it is asked once for the incidents instead.
        var groups = (await database.Engine.Matching(db, text).IgnoreQueryFilters().GroupBy(d => d.IncidentId).Select(g => new { g.Key, Titles = g.Sum(d => d.Kind == SearchKind.Title ? 1 : 0), Count = g.Count(), Newest = g.Max(d => d.At) }).ToListAsync(ct))
            .ConvertAll(g => new Group(g.Key, g.Titles > 0, g.Count, g.Newest));
        var all = groups.Sum(g => g.Count);
        if (question.IsWide)
        {
            var hidden = await db.HiddenAsync(ct);
            groups.RemoveAll(g => hidden.Contains(g.IncidentId));
        }
        else
        {
            var asked = (await db.Asked(question, groups.ConvertAll(g => g.IncidentId)).Select(i => i.Id).ToListAsync(ct)).ToHashSet();
            groups.RemoveAll(g => !asked.Contains(g.IncidentId));
        }
        var page = groups.OrderByDescending(g => g.IsInTitle).ThenByDescending(g => g.Count).ThenByDescending(g => g.Newest).ThenBy(g => g.IncidentId)
            .Skip(Math.Max(0, question.Skip)).Take(Math.Clamp(question.Take, 1, IncidentQuestion.MaxPage)).ToList();

        var ids = page.ConvertAll(g => g.IncidentId);
        var incidents = await db.Incidents.AsNoTracking().Where(i => EF.Parameter(ids).Contains(i.Id)).ForList().ToDictionaryAsync(i => i.Id, ct);
        var hits = await HitsAsync(db, text, ids, all, ct);
        // A title in a list is no read; what stands inside is one.
        foreach (var restricted in incidents.Values.Where(i => i.IsRestricted && hits[i.Id].Any(h => h.Kind != SearchKind.Title))) await reads.NoteAsync(member, restricted.Key, isRestricted: true, ct);
        // One that was restricted in between is not there any more.
        var matches = page.Where(g => incidents.ContainsKey(g.IncidentId)).Select(g => new Match(incidents[g.IncidentId], g.Count, [.. hits[g.IncidentId]]));
        return new Found([.. matches], groups.Count, text);
    }

    private async Task<ILookup<Guid, Hit>> HitsAsync(DeskContext db, SearchText text, List<Guid> ids, int all, CancellationToken ct)
    {
        // Their incidents passed the filter above; the texts themselves are read through it.
        var among = database.Engine.Matching(db, text, all).Where(d => EF.Parameter(ids).Contains(d.IncidentId));
        var rows = await db.Incidents.IgnoreQueryFilters().Where(i => EF.Parameter(ids).Contains(i.Id))
            .SelectMany(i => among.Where(d => d.IncidentId == i.Id).OrderBy(d => d.Kind == SearchKind.Title ? 0 : 1).ThenByDescending(d => d.At).ThenByDescending(d => d.RowId).Take(MostHits))
            .Select(d => d.RowId).ToListAsync(ct);
        var found = await db.SearchDocuments.Where(d => EF.Parameter(rows).Contains(d.RowId))
            .Select(d => new { d.IncidentId, d.RowId, Hit = new Hit(d.Kind, d.SourceId, d.Number, d.At, d.Text) }).ToListAsync(ct);
        return found.OrderBy(h => h.Hit.Kind == SearchKind.Title ? 0 : 1).ThenByDescending(h => h.Hit.At).ThenByDescending(h => h.RowId).ToLookup(h => h.IncidentId, h => h.Hit);
    }
}
