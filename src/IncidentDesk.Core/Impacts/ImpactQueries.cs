using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Impacts;

internal static class ImpactQueries
{
    /// <summary>The revision that stands of each interval of the incident, withdrawn ones left out.</summary>
    /// <remarks>The caller has found the incident through the context's filter, so the filter need not run again for each row.</remarks>
    public static IQueryable<Impact> StandingImpacts(this DeskContext db, Guid incidentId) => db.Impacts.IgnoreQueryFilters().AsNoTracking()
        .Where(i => i.IncidentId == incidentId && !i.IsWithdrawn && !db.Impacts.Any(later => later.ImpactId == i.ImpactId && later.Revision > i.Revision));

    /// <summary>A later revision of an impact, which differs in nothing yet.</summary>
    public static Impact Revise(
        this Impact impact, Incidents.IncidentWriter.Recording recording, ImpactState state, ImpactCause cause, Shared.OccurrenceTime from, Shared.OccurrenceTime? to, string evidence, bool isWithdrawn) => new()
        {
            RowId = Guid.CreateVersion7(),
            ImpactId = impact.ImpactId,
            Revision = impact.Revision + 1,
            IncidentId = impact.IncidentId,
            AssetId = impact.AssetId,
            State = state,
            Cause = cause,
            FromAt = from.At,
            FromPrecision = from.Precision,
            ToAt = to?.At,
            ToPrecision = to?.Precision,
            Evidence = evidence,
            IsWithdrawn = isWithdrawn,
            BehindId = impact.BehindId,
            Sequence = recording.Next[impact.IncidentId],
            RecordedAt = recording.Now,
            RecordedById = recording.Member.AuthorId,
            RecordedByName = recording.Member.Name,
        };
}
