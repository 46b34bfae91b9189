using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Impacts;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using static IncidentDesk.Web.Tests.Components.Entries;

namespace IncidentDesk.Web.Tests.Components;

/// <summary>What is hit and what stands against it, as the database would give it.</summary>
internal static class Situations
{
    public static Situation Of(IEnumerable<Impact>? impacts = null, IEnumerable<Mitigation>? mitigations = null, int members = 850, IEnumerable<AttackWave>? waves = null) =>
        new(9, [.. impacts ?? []], [.. mitigations ?? []], [], [], [.. waves ?? []], [], members);

    public static Asset Thing(string name, AssetKind kind = AssetKind.Server, Member? member = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        Name = name,
        FoldedName = Folding.Fold(name),
        MemberId = member?.Id,
        Member = member,
    };

    public static Member Someone(string name) => new() { Id = Guid.CreateVersion7(), Name = name, FoldedName = Folding.Fold(name) };

    /// <param name="from">Minutes after noon; null when nobody knows.</param>
    /// <param name="to">Minutes after noon; null while it is hit.</param>
    public static Impact Hit(
        Asset asset, ImpactState state = ImpactState.MajorOutage, ImpactCause cause = ImpactCause.Targeted, double? from = -60, Precision precision = Precision.Exact,
        double? to = null, Precision toPrecision = Precision.Exact, Asset? behind = null) => new()
        {
            RowId = Guid.CreateVersion7(),
            ImpactId = Guid.CreateVersion7(),
            Revision = 1,
            AssetId = asset.Id,
            Asset = asset,
            State = state,
            Cause = cause,
            FromAt = from is { } start ? Noon.AddMinutes(start) : null,
            FromPrecision = from is null ? Precision.OrderOnly : precision,
            ToAt = to is { } end && toPrecision != Precision.OrderOnly ? Noon.AddMinutes(end) : null,
            ToPrecision = to is null ? null : toPrecision,
            BehindId = behind?.Id,
            RecordedAt = Noon,
            RecordedByName = "Ana Ruiz",
        };

    /// <param name="states">Each with the minute after noon at which it was entered.</param>
    /// <param name="review">Minutes after noon.</param>
    public static Mitigation Defence(string title, (MitigationState State, double Minute)[] states, double? review = null, IEnumerable<Asset>? scope = null, string verdict = "") => new()
    {
        Id = Guid.CreateVersion7(),
        Name = Folding.Fold(title).Replace(' ', '-'),
        FoldedName = Folding.Fold(title).Replace(' ', '-'),
        Title = title,
        Kind = "rate-limit",
        State = states[^1].State,
        ReviewBy = review is { } minute ? Noon.AddMinutes(minute) : null,
        VerdictReason = verdict,
        CreatedAt = Noon.AddMinutes(states[0].Minute),
        Steps = [.. states.Select((s, i) => new MitigationStep { Number = i + 1, State = s.State, At = Noon.AddMinutes(s.Minute), RecordedAt = Noon.AddMinutes(s.Minute), ByName = "Ana Ruiz" })],
        Scope = [.. (scope ?? []).Select(a => new MitigationScope { AssetId = a.Id, Asset = a })],
    };
}
