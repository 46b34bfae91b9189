using IncidentDesk.Incidents;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Incidents;

/// <summary>An incident in the API.</summary>
/// <param name="ImpactStartedAt">The milestone of that name; null when it is unknown.</param>
/// <param name="Milestones">Those that are known, by name.</param>
/// <param name="Roles">Present and former holders, oldest first.</param>
public sealed record IncidentAnswer(
    string Key,
    string Title,
    string Status,
    string Severity,
    string Tlp,
    bool IsRestricted,
    string TimeZone,
    TimeAnswer? ImpactStartedAt,
    IReadOnlyDictionary<string, TimeAnswer> Milestones,
    IReadOnlyList<IncidentAnswer.RoleAnswer> Roles,
    DateTime DeclaredAt,
    DateTime ChangedAt,
    long LastSequence,
    int Version)
{
    public sealed record RoleAnswer(string Role, string Person, DateTime StartedAt, DateTime? EndedAt);

    public static IncidentAnswer Of(Incident incident) => new(
        incident.Key,
        incident.Title,
        incident.Status.Label(),
        incident.Severity.Label(),
        incident.Tlp.Label(),
        incident.IsRestricted,
        incident.TimeZone,
        TimeAnswer.Of(incident.When(MilestoneKind.ImpactStarted)),
        incident.Milestones.OrderBy(m => m.Kind).ToDictionary(m => m.Kind.Label(), m => TimeAnswer.Of(m.Time)!, StringComparer.Ordinal),
        [.. incident.Roles.OrderBy(r => r.StartedAt).Select(r => new RoleAnswer(r.Role.Label(), r.PersonName, r.StartedAt, r.EndedAt))],
        incident.DeclaredAt,
        incident.ChangedAt,
        incident.LastSequence,
        incident.Version);
}
