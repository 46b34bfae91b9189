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
