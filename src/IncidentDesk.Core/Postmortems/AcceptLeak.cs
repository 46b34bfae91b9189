using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Decides that something which looks like a leak may be told to an audience, in all documents of the incident. It is not taken back.</summary>
public sealed class AcceptLeak(IncidentWriter writer)
{
    /// <param name="Text">As it was found.</param>
    public sealed record Command(string IncidentKey, Audience Audience, NamedThing Thing, string? Text, string? Reason);

    /// <returns>What was decided, once; or <c>Leak.AudienceOfTheHouse</c>.</returns>
    public Task<Result<AcceptedLeak>> HandleAsync(Command command, Actor actor, CancellationToken ct) => writer.RecordAsync<AcceptedLeak>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
    {
        if (!command.Audience.IsWider()) return new Invalid(nameof(command.Audience), "Leak.AudienceOfTheHouse");
        if (!TextRules.Lines(nameof(command.Text), command.Text, Pseudonym.MaxSubjectLength).TryGet(out var text, out var error)) return error;
        if (!TextRules.Lines(nameof(command.Reason), command.Reason, AcceptedLeak.MaxReasonLength).TryGet(out var reason, out error)) return error;
        var (db, incidentId, subject) = (recording.Db, recording.IncidentIds.Single(), Folding.Fold(text));
        if (await db.AcceptedLeaks.AsNoTracking().FirstOrDefaultAsync(l => l.IncidentId == incidentId && l.Audience == command.Audience && l.Thing == command.Thing && l.Subject == subject, ct) is { } known) return known;

        var accepted = new AcceptedLeak
        {
            Id = Guid.CreateVersion7(),
            IncidentId = incidentId,
            Audience = command.Audience,
            Thing = command.Thing,
            Subject = subject,
            Reason = reason,
            At = recording.Now,
            ById = recording.Member.Id,
            ByName = recording.Member.Name,
        };
        db.AcceptedLeaks.Add(accepted);
        recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, reason, OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.LeakAccepted(command.Audience, command.Thing) });
        return accepted;
    }, ct);
}
