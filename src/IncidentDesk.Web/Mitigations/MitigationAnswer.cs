using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Mitigations;

/// <summary>A mitigation in the API.</summary>
/// <param name="Next">The states to which it may go.</param>
/// <param name="Incidents">Keys of those that it serves and that you may see.</param>
public sealed record MitigationAnswer(
    Guid Id, string Name, string Title, string Kind, string Actor, string State, IReadOnlyList<string> Next, string AppliedBy, string Command, string Revert, string ExpectedEffect, string SideEffects,
    string VerdictReason, DateTime? ReviewBy, DateTime? ExpiresAt, DateTime? AskedAt, string AskedWhom, string Ticket, DateTime? AnsweredAt, string Answer,
    IReadOnlyList<MitigationAnswer.AssetAnswer> Scope, IReadOnlyList<MitigationAnswer.StepAnswer> Steps, IReadOnlyList<string> Incidents, DateTime CreatedAt, int Version)
{
    /// <param name="Name">Where it was read with the mitigation.</param>
    public sealed record AssetAnswer(Guid Id, string? Name);

    public sealed record StepAnswer(int Number, string State, TimeAnswer When, string By, string Reason, DateTime RecordedAt);

    public static MitigationAnswer Of(Mitigation m) => new(
        m.Id, m.Name, m.Title, m.Kind, m.Actor.Label(), m.State.Label(), [.. m.State.Next().Select(s => s.Label())], m.AppliedBy, m.Command, m.Revert, m.ExpectedEffect, m.SideEffects,
        m.VerdictReason, m.ReviewBy, m.ExpiresAt, m.AskedAt, m.AskedWhom, m.Ticket, m.AnsweredAt, m.Answer,
        [.. m.Scope.Select(s => new AssetAnswer(s.AssetId, s.Asset?.Name))],
        [.. m.Steps.OrderBy(s => s.Number).Select(s => new StepAnswer(s.Number, s.State.Label(), TimeAnswer.Of(s.When)!, s.ByName, s.Reason, s.RecordedAt))],
        [.. m.Incidents.Where(i => i.Incident is not null).Select(i => i.Incident!.Key)], m.CreatedAt, m.Version);
}

/// <summary>A sort of defence in the API.</summary>
public sealed record KindAnswer(string Slug, string NameEn, string NameEs, string Actor, bool SacrificesTarget, bool IsRetired)
{
    public static KindAnswer Of(MitigationKind k) => new(k.Slug, k.NameEn, k.NameEs, k.Actor.Label(), k.SacrificesTarget, k.RetiredAt is not null);
}

/// <summary>A template in the API.</summary>
public sealed record TemplateAnswer(Guid Id, string Title, string Kind, string Actor, string AppliedBy, string Command, string Revert, string ExpectedEffect, string SideEffects, int? ReviewAfterMinutes, bool IsRetired, int Version)
{
    public static TemplateAnswer Of(MitigationTemplate t) =>
        new(t.Id, t.Title, t.Kind, t.Actor.Label(), t.AppliedBy, t.Command, t.Revert, t.ExpectedEffect, t.SideEffects, t.ReviewAfterMinutes, t.RetiredAt is not null, t.Version);
}
