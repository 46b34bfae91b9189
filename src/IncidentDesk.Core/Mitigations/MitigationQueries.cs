using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Mitigations;

internal static class MitigationQueries
{
    /// <summary>All incidents of a mitigation that the actor may see: also those that they may not see, for its history must not part from theirs.</summary>
    public static Func<DeskContext, Task<Result<IReadOnlyList<Guid>>>> IncidentsOf(Guid mitigationId, CancellationToken ct) => async db =>
        await db.Mitigations.AnyAsync(m => m.Id == mitigationId, ct)
            ? Result<IReadOnlyList<Guid>>.Ok(await db.IncidentMitigations.IgnoreQueryFilters().Where(m => m.MitigationId == mitigationId).Select(m => m.IncidentId).ToListAsync(ct))
            : new NotFound("Mitigation.NotFound", mitigationId);

    /// <summary>Tracked, with steps and scope. The caller has let the actor in.</summary>
    public static Task<Mitigation> MitigationAsync(this DeskContext db, Guid id, CancellationToken ct) =>
        db.Mitigations.IgnoreQueryFilters().AsSplitQuery().Include(m => m.Steps.OrderBy(s => s.Number)).Include(m => m.Scope).FirstAsync(m => m.Id == id, ct);

    /// <summary>Adds the step, sets the state, and writes it into each of the incidents.</summary>
    public static void Move(this IncidentWriter.Recording recording, Mitigation mitigation, MitigationState? from, MitigationState to, OccurrenceTime when, string reason)
    {
        mitigation.State = to;
        mitigation.Steps.Add(new MitigationStep
        {
            MitigationId = mitigation.Id,
            Number = mitigation.Steps.Count + 1,
            State = to,
            At = when.At,
            Precision = when.Precision,
            RecordedAt = recording.Now,
            ById = recording.Member.AuthorId,
            ByName = recording.Member.Name,
            Reason = reason,
        });
        recording.LogInEach(() => Draft(mitigation, new EntryChange.MitigationMoved(mitigation.Name, mitigation.Title, from, to, to.IsInPlace() ? mitigation.ReviewBy : null), when, reason));
    }

    public static EntryDraft Draft(Mitigation mitigation, EntryChange change, OccurrenceTime when, string reason = "") => new(EntryKind.Mitigation, reason, when)
    {
        Change = change,
        Links = [new EntryLink(mitigation.Name, MitigationId: mitigation.Id)],
    };
}
