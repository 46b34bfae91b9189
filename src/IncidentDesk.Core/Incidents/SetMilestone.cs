using IncidentDesk.Data;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Incidents;

/// <summary>Records when a point of the incident's course was reached, corrects it, or makes it unknown again.</summary>
public sealed class SetMilestone(IncidentWriter writer)
{
    /// <param name="When">Null for unknown.</param>
    /// <param name="Version">The version that the person saw; a newer one is a conflict.</param>
    public sealed record Command(string IncidentKey, int Version, MilestoneKind Milestone, OccurrenceTime? When, string? Reason = null);

    public Task<Result<Incident>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.WriteAsync(command.IncidentKey, command.Version, actor, write =>
    {
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, TimelineEntry.MaxBodyLength).TryGet(out var reason, out var error)) return Task.FromResult<Error?>(error);

        var when = command.When;
        if (when is not null && !TimeRules.Check(nameof(command.When), when, write.Now).TryGet(out when, out error)) return Task.FromResult<Error?>(error);

        write.SetMilestone(command.Milestone, when, reason);
        return Task.FromResult<Error?>(null);
    }, ct);
}

internal static class Milestones
{
    /// <param name="incident">Tracked, with its milestones.</param>
    /// <param name="to">Null for unknown.</param>
    /// <returns>What is to be logged; null when it stands as it is.</returns>
    public static EntryChange.MilestoneChanged? SetMilestone(this DeskContext db, Incident incident, MilestoneKind kind, OccurrenceTime? to)
    {
        var milestone = incident.Milestones.Find(m => m.Kind == kind);
        var from = milestone?.Time;
        if (from == to) return null;
        if (to is null) db.Milestones.Remove(milestone!);
        else if (milestone is null) incident.Milestones.Add(new Milestone { IncidentId = incident.Id, Kind = kind, At = to.At, Precision = to.Precision });
        else (milestone.At, milestone.Precision) = (to.At, to.Precision);
        return new(kind, from, to);
    }
}
