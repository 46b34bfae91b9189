using IncidentDesk.Data;
using IncidentDesk.History;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Incidents;

/// <summary>What is asked of the record of incidents. Several choices of one kind widen, different kinds narrow; none of a kind is all.</summary>
/// <param name="Text">As typed; see <see cref="SearchText"/>.</param>
/// <param name="Years">Of the key.</param>
/// <param name="Leads">Present ones.</param>
/// <param name="Vectors">Slugs, of waves.</param>
/// <param name="Targets">Assets that were hit or that a wave was aimed at.</param>
/// <param name="Members">Of such assets.</param>
public sealed record IncidentQuestion(
    string Text = "",
    IReadOnlyList<IncidentStatus>? Statuses = null,
    IReadOnlyList<Severity>? Severities = null,
    IReadOnlyList<int>? Years = null,
    IReadOnlyList<Guid>? Leads = null,
    IReadOnlyList<string>? Vectors = null,
    IReadOnlyList<Guid>? Targets = null,
    IReadOnlyList<Guid>? Members = null,
    IReadOnlyList<Tlp>? Tlps = null,
    int Skip = 0,
    int Take = IncidentQuestion.MaxPage)
{
    public const int MaxPage = 500;

    /// <summary>Nothing is chosen; text is no choice.</summary>
    internal bool IsWide => Chosen.All(c => c == 0);

    internal IEnumerable<string> YearTexts => (Years ?? []).Select(y => y.ToString("0000", System.Globalization.CultureInfo.InvariantCulture));

    private IEnumerable<int> Chosen => [Statuses?.Count ?? 0, Severities?.Count ?? 0, Years?.Count ?? 0, Leads?.Count ?? 0, Vectors?.Count ?? 0, Targets?.Count ?? 0, Members?.Count ?? 0, Tlps?.Count ?? 0];
}

internal static class IncidentQuestions
{
    /// <summary>The incidents in which the text stands somewhere, hidden ones among them; null when no text was asked for.</summary>
    public static async Task<List<Guid>?> WithTextAsync(this DeskDatabase database, DeskContext db, string typed, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var text = SearchText.Parse(typed);
        // The filter would be asked for each text. Whoever uses the ids asks it for the incidents.
        return text.IsEmpty ? [] : await database.Engine.Matching(db, text).IgnoreQueryFilters().Select(d => d.IncidentId).Distinct().ToListAsync(ct);
    }

    /// <summary>The incidents that answer to what was chosen.</summary>
    /// <param name="among">Null for all.</param>
    public static IQueryable<Incident> Asked(this DeskContext db, IncidentQuestion question, IReadOnlyList<Guid>? among)
    {
        var incidents = db.Incidents.AsNoTracking();
        if (among is not null) incidents = incidents.Where(i => EF.Parameter(among).Contains(i.Id));
        if (question.Statuses is { Count: > 0 } statuses) incidents = incidents.Where(i => statuses.Contains(i.Status));
        if (question.Severities is { Count: > 0 } severities) incidents = incidents.Where(i => severities.Contains(i.Severity));
        if (question.Tlps is { Count: > 0 } tlps) incidents = incidents.Where(i => tlps.Contains(i.Tlp));
        if (question.Years is { Count: > 0 })
        {
            string[] years = [.. question.YearTexts];
            incidents = incidents.Where(i => years.Contains(i.Key.Substring(4, 4)));
        }
        if (question.Leads is { Count: > 0 } leads) incidents = incidents.Where(i => i.Roles.Any(r => r.Role == IncidentRole.Lead && r.EndedAt == null && leads.Contains(r.PersonId)));
        if (question.Vectors is { Count: > 0 } vectors)
            incidents = incidents.Where(i => db.AttackWaves.Where(w => !w.IsWithdrawn && vectors.Contains(w.Vector)).Select(w => w.IncidentId).Contains(i.Id));
        if (question.Targets is { Count: > 0 } targets)
        {
            incidents = incidents.Where(i =>
                db.Impacts.Where(h => targets.Contains(h.AssetId) && !h.IsWithdrawn && !db.Impacts.Any(later => later.ImpactId == h.ImpactId && later.Revision > h.Revision)).Select(h => h.IncidentId).Contains(i.Id)
                || db.WaveTargets.Where(t => targets.Contains(t.AssetId) && !t.Wave!.IsWithdrawn).Select(t => t.Wave!.IncidentId).Contains(i.Id));
        }
        if (question.Members is { Count: > 0 } members)
        {
            incidents = incidents.Where(i =>
                db.Impacts.Where(h => members.Contains(h.Asset!.MemberId!.Value) && !h.IsWithdrawn && !db.Impacts.Any(later => later.ImpactId == h.ImpactId && later.Revision > h.Revision)).Select(h => h.IncidentId).Contains(i.Id)
                || db.WaveTargets.Where(t => members.Contains(t.Asset!.MemberId!.Value) && !t.Wave!.IsWithdrawn).Select(t => t.Wave!.IncidentId).Contains(i.Id));
        }
        return incidents;
    }

    /// <summary>What a list shows of an incident: milestones and present roles.</summary>
    public static IQueryable<Incident> ForList(this IQueryable<Incident> incidents) =>
        incidents.Include(i => i.Milestones).Include(i => i.Roles.Where(r => r.EndedAt == null)).AsSplitQuery();
}
