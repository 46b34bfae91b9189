using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;

namespace IncidentDesk.Examples;

/// <summary>An incident from the public record.</summary>
/// <param name="ImpactStarted">Gives the key its year.</param>
/// <param name="Accept">The proposals of the timeline that somebody has read and holds to be borne out: the line, and <see cref="Import.ProposedAct.Key"/>.</param>
internal sealed record Example(Guid Id, string Title, Severity Severity, string TimeZone, string File, OccurrenceTime ImpactStarted, IReadOnlyList<(int Line, string Act)> Accept)
{
    /// <summary>On the assets of <see cref="ExampleInventory"/>.</summary>
    public IReadOnlyList<ExampleImpact> Impacts { get; init; } = [];
    public IReadOnlyList<ExampleDefence> Defences { get; init; } = [];
    public IReadOnlyList<ExampleWave> Waves { get; init; } = [];
    public IReadOnlyList<ExampleSection> Postmortem { get; init; } = [];

    /// <summary>The postmortem's title in Spanish; in English it is that of the incident.</summary>
    public string PostmortemEs { get; init; } = "";
}

/// <param name="Id">The mark's.</param>
/// <param name="Behind">Assets behind it that went down with it.</param>
internal sealed record ExampleImpact(Guid Id, string Asset, ImpactState State, ImpactCause Cause, OccurrenceTime From, OccurrenceTime To, string Evidence)
{
    public IReadOnlyList<string> Behind { get; init; } = [];
    public ImpactState? BehindState { get; init; }
}

/// <summary>A defence that no line of the timeline tells of by itself.</summary>
/// <param name="Stands">Where it stands in the course of events when its time is not known. UTC.</param>
internal sealed record ExampleDefence(Guid Id, string Kind, string Title, MitigationState State, OccurrenceTime When, DateTime Stands, string Reason);

/// <param name="Notes">What is known of it, and from where.</param>
internal sealed record ExampleWave(Guid Id, string Vector, OccurrenceTime From, OccurrenceTime To, string Notes)
{
    /// <summary>Bits per second.</summary>
    public double? Magnitude { get; init; }
    public MagnitudeKind? Kind { get; init; }
    public string MeasuredAt { get; init; } = "";

    /// <summary>On the assets of <see cref="ExampleInventory"/>.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The kind of the incident's defence that it answers.</summary>
    public string? Answers { get; init; }

    /// <summary>The kinds of the incident's defences that were put up against it.</summary>
    public IReadOnlyList<string> Defences { get; init; } = [];

    /// <summary>Where it stands in the course of events when its time is not known. UTC.</summary>
    public DateTime? Stands { get; init; }
}
