#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Mitigations;

/// <summary>Reads mitigations, their kinds and templates.</summary>
public sealed class FindMitigations(DeskDatabase database)
{
    /// <param name="IncidentKey">Null for all incidents.</param>
    public sealed record Query(string Text = "", string? IncidentKey = null, IReadOnlyList<MitigationState>? States = null, string? Kind = null, int Skip = 0, int Take = 200);

    public sealed record Page(IReadOnlyList<Mitigation> Mitigations, int Total);

    /// <summary>Those that the actor may see, with steps, scope and the incidents that the actor may see; newest first.</summary>
    public Task<Result<Page>> HandleAsync(Query query, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <param name="idOrName">Its id or its name.</param>
    public Task<Result<Mitigation>> ByIdAsync(string idOrName, Actor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Kinds in use, in the order of their names in the language; retired ones only when asked for.</summary>
    public Task<Result<IReadOnlyList<MitigationKind>>> KindsAsync(Actor actor, CancellationToken ct, bool withRetired = false) => throw new NotSupportedException();

    public Task<Result<IReadOnlyList<MitigationTemplate>>> TemplatesAsync(Actor actor, CancellationToken ct) => throw new NotSupportedException();
}
