using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Incidents;

/// <summary>Changes an incident's own fields. Each change that was one writes its timeline entry.</summary>
public sealed class ChangeIncident(IncidentWriter writer)
{
    /// <param name="Version">The version that the person saw; a newer one is a conflict.</param>
    /// <param name="Reason">Goes into the entries; a move of the status back needs one.</param>
    /// <param name="OccurredAt">When the status changed, if not now.</param>
    /// <remarks>A null field stays as it is. What already is as asked is no change, so a repeated request is answered like the first.</remarks>
    public sealed record Command(
        string IncidentKey,
        int Version,
        string? Title = null,
        Severity? Severity = null,
        IncidentStatus? Status = null,
        Tlp? Tlp = null,
        string? Reason = null,
        OccurrenceTime? OccurredAt = null);

    public Task<Result<Incident>> HandleAsync(Command command, Actor actor, CancellationToken ct) =>
        writer.WriteAsync(command.IncidentKey, command.Version, actor, write => Task.FromResult(Apply(command, write)), ct);

    private static Error? Apply(Command command, IncidentWriter.Write write)
    {
        var incident = write.Incident;
        if (!TextRules.OptionalLines(nameof(command.Reason), command.Reason, TimelineEntry.MaxBodyLength).TryGet(out var reason, out var error)) return error;

        var when = OccurrenceTime.Exactly(write.Now);
        if (command.OccurredAt is not null && !TimeRules.Check(nameof(command.OccurredAt), command.OccurredAt, write.Now).TryGet(out when, out error)) return error;

        if (command.Title is not null)
        {
            if (!TextRules.Line(nameof(command.Title), command.Title, Incident.MaxTitleLength).TryGet(out var title, out error)) return error;
            if (title != incident.Title)
            {
                write.Log(EntryKind.Incident, new EntryChange.TitleChanged(incident.Title, title), reason);
                incident.Title = title;
            }
        }

        if (command.Severity is { } severity && severity != incident.Severity)
        {
            write.Log(EntryKind.Severity, new EntryChange.SeverityChanged(incident.Severity, severity), reason);
            incident.Severity = severity;
        }

        if (command.Tlp is { } tlp && tlp != incident.Tlp)
        {
            write.Log(EntryKind.Incident, new EntryChange.TlpChanged(incident.Tlp, tlp), reason);
            incident.Tlp = tlp;
        }

        if (command.Status is { } status && status != incident.Status)
        {
            if (status < incident.Status && reason.Length == 0) return new Invalid(nameof(command.Reason), "Incident.BackNeedsReason", incident.Status, status);

            write.Log(EntryKind.Status, new EntryChange.StatusChanged(incident.Status, status), reason, when);
            incident.Status = status;
            foreach (var reached in Reached(status))
            {
                if (incident.When(reached) is null) write.SetMilestone(reached, when);
            }
        }
        return null;
    }

    /// <summary>The milestones that a status says have been reached. One that is already recorded is left as it is.</summary>
    private static IEnumerable<MilestoneKind> Reached(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating or IncidentStatus.Mitigating => [],
        IncidentStatus.Monitoring => [MilestoneKind.Mitigated],
        // That it is over says nothing of when the defence took hold: mitigated stays unknown.
        IncidentStatus.Resolved => [MilestoneKind.Resolved],
        // Closing is paperwork, often days later.
        IncidentStatus.Closed => [],
    };
}
