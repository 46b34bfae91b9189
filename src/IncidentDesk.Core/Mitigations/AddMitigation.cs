#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>Puts something up against an attack, or proposes or asks for it.</summary>
public sealed class AddMitigation(IncidentWriter writer)
{
    /// <param name="MitigationId">Made by the client; the same again is answered with what it made first.</param>
    /// <param name="Name">Null to make one of the kind: <c>rate-limit</c>, <c>rate-limit-2</c>, …</param>
    /// <param name="State">One of <see cref="MitigationStates.First"/>.</param>
    /// <param name="When">Of that state; null for now by the desk's clock.</param>
    public sealed record Command(Guid MitigationId, string IncidentKey, string? Name, MitigationState State, MitigationFacts Facts, OccurrenceTime? When = null, string? Reason = null);

    public Task<Result<Mitigation>> HandleAsync(Command command, Actor actor, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>What people write down of a mitigation; see the properties of <see cref="Mitigation"/>.</summary>
public sealed record MitigationFacts(string Title, string Kind)
{
    /// <summary>Null for the one that the kind has as a rule.</summary>
    public MitigationActor? Actor { get; init; }
    public IReadOnlyList<Guid> Scope { get; init; } = [];
    public string AppliedBy { get; init; } = "";
    public string Command { get; init; } = "";
    public string Revert { get; init; } = "";
    public string ExpectedEffect { get; init; } = "";
    public string SideEffects { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime? ReviewBy { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? AskedAt { get; init; }
    public string AskedWhom { get; init; } = "";
    public string Ticket { get; init; } = "";

    /// <summary>UTC.</summary>
    public DateTime? AnsweredAt { get; init; }
    public string Answer { get; init; } = "";
}
