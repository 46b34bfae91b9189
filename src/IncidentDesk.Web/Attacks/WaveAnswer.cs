using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using IncidentDesk.Web.Hosting;

namespace IncidentDesk.Web.Attacks;

/// <summary>A wave in the API.</summary>
/// <param name="To">Null while it goes on.</param>
/// <param name="Magnitude">In the unit, without prefix; null when nothing was measured.</param>
/// <param name="Prefixes">Of the sources, folded.</param>
/// <param name="AdaptedTo">The defence that made the attackers change to this.</param>
public sealed record WaveAnswer(
    Guid Id, int Number, string Vector, TimeAnswer From, TimeAnswer? To, double? Magnitude, string? Unit, string? MagnitudeKind, string MeasuredAt, string Signature, string Notes,
    IReadOnlyList<string> Countries, IReadOnlyList<string> Networks, IReadOnlyList<SourcePrefix> Prefixes, IReadOnlyList<WaveAnswer.Named> Targets, WaveAnswer.Named? AdaptedTo, IReadOnlyList<WaveAnswer.Named> Defences,
    bool IsWithdrawn, DateTime CreatedAt, string CreatedBy, int Version)
{
    /// <param name="Name">Where it was read with the wave.</param>
    public sealed record Named(Guid Id, string? Name);

    public static WaveAnswer Of(AttackWave w) => new(
        w.Id, w.Number, w.Vector, TimeAnswer.Of(w.From)!, TimeAnswer.Of(w.To), w.Magnitude, w.Unit?.Label(), w.MagnitudeKind?.Label(), w.MeasuredAt, w.Signature, w.Notes,
        w.Countries, w.Networks, w.Prefixes ?? [], [.. w.Targets.Select(t => new Named(t.AssetId, t.Asset?.Name))],
        w.AdaptedToId is { } id ? new Named(id, w.AdaptedTo?.Name) : null, [.. w.Defences.Select(d => new Named(d.MitigationId, d.Mitigation?.Name))],
        w.IsWithdrawn, w.CreatedAt, w.CreatedByName, w.Version);
}

/// <summary>A vector in the API.</summary>
public sealed record VectorAnswer(string Slug, string NameEn, string NameEs, string Layer, string AttackId, string Family)
{
    public static VectorAnswer Of(AttackVector v) => new(v.Slug, v.NameEn, v.NameEs, v.Layer, v.AttackId, v.Family.Label());
}

/// <summary>Folded source addresses in the API.</summary>
/// <param name="LinesWithout">The numbers, from 1, of the lines that hold no address.</param>
/// <param name="Own">Addresses of our own inventory among them.</param>
public sealed record SourcesAnswer(int Addresses, IReadOnlyList<SourcePrefix> Prefixes, int LengthV4, int LengthV6, IReadOnlyList<int> LinesWithout, IReadOnlyList<FoldSources.OwnAddress> Own)
{
    public static SourcesAnswer Of(FoldSources.Preview p) => new(p.Sources.Addresses, p.Sources.Prefixes, p.Sources.LengthV4, p.Sources.LengthV6, p.Sources.LinesWithout, p.Own);
}
