using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.FollowUps;

/// <summary>What people write down of a follow-up; see the properties of <see cref="FollowUp"/>.</summary>
public sealed record FollowUpFacts(string Action, Guid? OwnerId = null, DateOnly? DueOn = null, string Tracker = "")
{
    public static FollowUpFacts Of(FollowUp f) => new(f.Action, f.OwnerId, f.DueOn, f.Tracker);

    /// <summary>Checks what was typed and brings it into the form in which it is kept.</summary>
    /// <param name="before">The follow-up that is changed: an owner that it has already is not questioned again.</param>
    internal async Task<Result<FollowUpFacts>> CheckAsync(DeskContext db, Guid incidentId, FollowUp? before, CancellationToken ct)
    {
        if (!TextRules.Line(nameof(Action), Action, FollowUp.MaxActionLength).TryGet(out var action, out var error)) return error;
        var tracker = "";
        if (!string.IsNullOrWhiteSpace(Tracker))
        {
            if (!TextRules.Line(nameof(Tracker), Tracker, FollowUp.MaxTrackerLength).TryGet(out tracker, out error)) return error;
            if (CheckTracker(nameof(Tracker), tracker) is { } noLink) return noLink;
        }
        if (OwnerId is { } owner && owner != before?.OwnerId)
        {
            var name = await db.Users.Where(p => p.Id == owner && p.DisabledAt == null).Select(p => p.DisplayName).FirstOrDefaultAsync(ct);
            if (name is null) return new Invalid(nameof(OwnerId), "Person.NotFound");
            var maySee = await db.Incidents.AnyAsync(i => i.Id == incidentId && (!i.IsRestricted || i.NamedPeople.Any(n => n.PersonId == owner)), ct)
                || await db.Users.AnyAsync(p => p.Id == owner && p.Role == People.PersonRole.Administrator, ct);
            if (!maySee) return new Invalid(nameof(OwnerId), "Incident.PersonMayNotSee", name);
        }
        return this with { Action = action, Tracker = tracker };
    }

    /// <summary>It becomes a link on the page.</summary>
    internal static Error? CheckTracker(string field, string tracker) =>
        Uri.TryCreate(tracker, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 ? null : new Invalid(field, "FollowUp.NoLink", tracker);

    /// <summary>The names of the properties of <see cref="FollowUp"/> in which the two differ.</summary>
    internal static IReadOnlyList<string> Differences(FollowUpFacts a, FollowUpFacts b) =>
    [
        .. new (string Name, bool Differs)[]
        {
            (nameof(FollowUp.Action), a.Action != b.Action), (nameof(FollowUp.Owner), a.OwnerId != b.OwnerId), (nameof(FollowUp.DueOn), a.DueOn != b.DueOn), (nameof(FollowUp.Tracker), a.Tracker != b.Tracker),
        }.Where(f => f.Differs).Select(f => f.Name),
    ];
}
