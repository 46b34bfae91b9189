using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Leadership;

/// <summary>As much of an incident as figures are made of.</summary>
public sealed record IncidentFacts(Guid Id, string Key, string Title, Severity Severity, bool IsRestricted, DateTime DeclaredAt)
{
    private static readonly int Kinds = Enum.GetValues<MilestoneKind>().Length;

    private readonly OccurrenceTime?[] _milestones = new OccurrenceTime?[Kinds];

    public OccurrenceTime? this[MilestoneKind kind] => _milestones[(int)kind];

    public void Set(MilestoneKind kind, OccurrenceTime time) => _milestones[(int)kind] = time;

    /// <summary>UTC. Where it belongs in time: when the impact began, as well as that is known, else when it was declared.</summary>
    public DateTime PlacedAt => this[MilestoneKind.ImpactStarted]?.At ?? this[MilestoneKind.Declared]?.At ?? DeclaredAt;
}

/// <summary>An interval as its standing revision tells it, and the incident it belongs to.</summary>
public sealed record ImpactFacts(Guid IncidentId, Affected.Interval Interval);

/// <summary>A wave that counts.</summary>
/// <param name="AdaptedToId">The defence that it answers.</param>
public sealed record WaveSpan(Guid IncidentId, int Number, string Vector, OccurrenceTime From, OccurrenceTime? To, Guid? AdaptedToId);

/// <param name="Steps">In order.</param>
/// <param name="IncidentIds">Those of the period that it serves.</param>
public sealed record DefenceFacts(Guid Id, string Name, string Kind, IReadOnlyList<(MitigationState State, OccurrenceTime When)> Steps, IReadOnlyList<Guid> IncidentIds);

/// <param name="Owner">Null while nobody was found.</param>
/// <param name="DueOn">In the incident's zone; null when no date was agreed.</param>
/// <param name="DaysOverdue">0 when it is not.</param>
public sealed record OpenFollowUp(string IncidentKey, string Action, string? Owner, DateOnly? DueOn, int DaysOverdue, string Tracker);
