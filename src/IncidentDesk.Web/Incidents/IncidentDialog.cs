using IncidentDesk.Incidents;

namespace IncidentDesk.Web.Incidents;

/// <summary>A dialogue of the incident's page.</summary>
public sealed record IncidentDialog(IncidentDialog.What Which, IncidentStatus? Status = null)
{
    public enum What { Title, Roles, Milestones, Restriction, StatusBack }

    public static IncidentDialog Title { get; } = new(What.Title);
    public static IncidentDialog Roles { get; } = new(What.Roles);
    public static IncidentDialog Milestones { get; } = new(What.Milestones);
    public static IncidentDialog Restriction { get; } = new(What.Restriction);

    public static IncidentDialog BackTo(IncidentStatus status) => new(What.StatusBack, status);
}
