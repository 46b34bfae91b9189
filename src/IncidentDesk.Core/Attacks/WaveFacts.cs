using IncidentDesk.Data;
using IncidentDesk.Impacts;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Attacks;

/// <summary>What people write down of a wave; see the properties of <see cref="AttackWave"/>.</summary>
public sealed record WaveFacts(string Vector)
{
    /// <summary>Null for now by the desk's clock.</summary>
    public OccurrenceTime? From { get; init; }

    /// <summary>Null while it goes on.</summary>
    public OccurrenceTime? To { get; init; }
    public double? Magnitude { get; init; }
    public TrafficUnit? Unit { get; init; }
    public MagnitudeKind? MagnitudeKind { get; init; }
    public string MeasuredAt { get; init; } = "";
    public string Signature { get; init; } = "";
    public string Notes { get; init; } = "";
    public IReadOnlyList<string> Countries { get; init; } = [];
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Text with addresses, pasted as it is: it is folded and takes the place of <see cref="Prefixes"/>. Null to leave those.</summary>
    public string? Sources { get; init; }

    /// <summary>As <see cref="SourceAddresses.Fold"/> gives them.</summary>
    public IReadOnlyList<SourcePrefix> Prefixes { get; init; } = [];

    /// <summary>Ids of assets.</summary>
    public IReadOnlyList<Guid> Targets { get; init; } = [];

    /// <summary>Id of a mitigation that serves the incident.</summary>
    public Guid? AdaptedTo { get; init; }

    /// <summary>Ids of mitigations that serve the incident.</summary>
    public IReadOnlyList<Guid> Defences { get; init; } = [];

    /// <summary>The facts of a wave as they stand.</summary>
    public static WaveFacts Of(AttackWave w) => new(w.Vector)
    {
        From = w.From,
        To = w.To,
        Magnitude = w.Magnitude,
        Unit = w.Unit,
        MagnitudeKind = w.MagnitudeKind,
        MeasuredAt = w.MeasuredAt,
        Signature = w.Signature,
        Notes = w.Notes,
        Countries = w.Countries,
        Networks = w.Networks,
        Prefixes = w.Prefixes ?? [],
        Targets = [.. w.Targets.Select(t => t.AssetId)],
        AdaptedTo = w.AdaptedToId,
        Defences = [.. w.Defences.Select(d => d.MitigationId)],
    };

    /// <summary>Checks what was typed and brings it into the form in which it is kept.</summary>
    /// <param name="before">The wave that is changed: what it names already is not questioned again.</param>
    internal async Task<Result<WaveFacts>> CheckAsync(DeskContext db, Guid incidentId, DateTime now, AttackWave? before, CancellationToken ct)
    {
        if (AttackVectors.Find(Vector) is not { } vector) return new Invalid(nameof(Vector), "Wave.VectorUnknown", Vector);
        if (!TimeRules.Check(nameof(From), From ?? before?.From ?? OccurrenceTime.Exactly(now), now).TryGet(out var from, out var error)) return error;
        var to = To;
        if (to is not null && !TimeRules.Check(nameof(To), to, now).TryGet(out to, out error)) return error;
        if (Ends.AreCrossed(from, to)) return new Invalid(nameof(To), "Wave.EndsBeforeStart", from.At!);

        if (MagnitudeError() is { } immeasurable) return immeasurable;
        foreach (var (field, text) in new[] { (nameof(Signature), Signature), (nameof(Notes), Notes) })
            if (TextRules.OptionalLines(field, text, AttackWave.MaxTextLength).Error is { } bad) return bad;

        var countries = Countries.Select(c => c.Trim().ToUpperInvariant()).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (countries.Find(c => !Attacks.Countries.IsCode(c)) is { } nowhere) return new Invalid(nameof(Countries), "Wave.CountryUnknown", nowhere);
        var networks = Networks.Select(n => n.Trim()).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        foreach (var network in networks)
            if (TextRules.Line(nameof(Networks), network, AttackWave.MaxWhereLength).Error is { } bad) return bad;
        if (!Folded().TryGet(out var prefixes, out error)) return error;

        var (targets, defences) = (Targets.Distinct().ToList(), Defences.Distinct().ToList());
        foreach (var (field, count) in new[] { (nameof(Networks), networks.Count), (nameof(Targets), targets.Count), (nameof(Defences), defences.Count) })
            if (count > AttackWave.MaxListed) return new Invalid(field, "Wave.TooMany", count, AttackWave.MaxListed);
        var had = before?.Targets.Select(t => t.AssetId).ToHashSet() ?? [];
        if (await db.Assets.CountAsync(a => targets.Contains(a.Id) && (a.RetiredAt == null || had.Contains(a.Id)), ct) != targets.Count) return new Invalid(nameof(Targets), "Wave.TargetUnknown");

        // A mitigation that serves the incident no more was up against the wave all the same.
        HashSet<Guid> known = [.. before?.Defences.Select(d => d.MitigationId) ?? [], .. await db.IncidentMitigations.Where(m => m.IncidentId == incidentId).Select(m => m.MitigationId).ToListAsync(ct)];
        if (defences.Exists(d => !known.Contains(d))) return new Invalid(nameof(Defences), "Wave.DefenceUnknown");
        if (AdaptedTo is { } answered && answered != before?.AdaptedToId && !known.Contains(answered)) return new Invalid(nameof(AdaptedTo), "Wave.DefenceUnknown");

        return this with
        {
            Vector = vector.Slug,
            From = from,
            To = to,
            // Without a value they would say nothing.
            Unit = Magnitude is null ? null : Unit,
            MagnitudeKind = Magnitude is null ? null : MagnitudeKind,
            MeasuredAt = Magnitude is null ? "" : MeasuredAt.Trim(),
            Signature = Signature.ReplaceLineEndings("\n").Trim(),
            Notes = Notes.ReplaceLineEndings("\n").Trim(),
            Countries = countries,
            Networks = networks,
            Sources = null,
            Prefixes = prefixes,
            Targets = targets,
            Defences = defences,
        };
    }

    /// <summary>Writes the checked facts into the wave.</summary>
    internal void WriteTo(AttackWave w)
    {
        (w.Vector, w.FromAt, w.FromPrecision, w.ToAt, w.ToPrecision) = (Vector, From!.At, From.Precision, To?.At, To?.Precision);
        (w.Magnitude, w.Unit, w.MagnitudeKind, w.MeasuredAt, w.Signature, w.Notes) = (Magnitude, Unit, MagnitudeKind, MeasuredAt, Signature, Notes);
        (w.Countries, w.Networks, w.Prefixes, w.AdaptedToId) = ([.. Countries], [.. Networks], Prefixes.Count == 0 ? null : Prefixes, AdaptedTo);
        w.Targets.RemoveAll(t => !Targets.Contains(t.AssetId));
        w.Targets.AddRange(Targets.Where(id => !w.Targets.Exists(t => t.AssetId == id)).Select(id => new WaveTarget { WaveId = w.Id, AssetId = id }));
        w.Defences.RemoveAll(d => !Defences.Contains(d.MitigationId));
        w.Defences.AddRange(Defences.Where(id => !w.Defences.Exists(d => d.MitigationId == id)).Select(id => new WaveDefence { WaveId = w.Id, MitigationId = id }));
    }

    /// <summary>The names of the properties in which the two differ; magnitude, unit, kind and place are one.</summary>
    internal static IReadOnlyList<string> Differences(WaveFacts a, WaveFacts b)
    {
        var same = new (string Name, bool AreSame)[]
        {
            (nameof(Vector), a.Vector == b.Vector), (nameof(From), a.From == b.From), (nameof(To), a.To == b.To),
            (nameof(Magnitude), (a.Magnitude, a.Unit, a.MagnitudeKind, a.MeasuredAt) == (b.Magnitude, b.Unit, b.MagnitudeKind, b.MeasuredAt)),
            (nameof(Signature), a.Signature == b.Signature), (nameof(Notes), a.Notes == b.Notes), (nameof(Countries), a.Countries.SequenceEqual(b.Countries, StringComparer.Ordinal)), (nameof(Networks), a.Networks.SequenceEqual(b.Networks, StringComparer.Ordinal)),
            (nameof(Prefixes), a.Prefixes.SequenceEqual(b.Prefixes)), (nameof(Targets), a.Targets.ToHashSet().SetEquals(b.Targets)),
            (nameof(AdaptedTo), a.AdaptedTo == b.AdaptedTo), (nameof(Defences), a.Defences.ToHashSet().SetEquals(b.Defences)),
        };
        return [.. same.Where(s => !s.AreSame).Select(s => s.Name)];
    }

    private Error? MagnitudeError()
    {
        if (Magnitude is not { } magnitude) return null;
        if (!double.IsFinite(magnitude) || magnitude is < 0 or > TrafficRules.MaxValue) return new Invalid(nameof(Magnitude), "Wave.MagnitudeForm");
        if (Unit is null) return new Invalid(nameof(Unit), "Wave.UnitMissing");
        return string.IsNullOrWhiteSpace(MeasuredAt) ? new Invalid(nameof(MeasuredAt), "Wave.PlaceMissing") : TextRules.Line(nameof(MeasuredAt), MeasuredAt, AttackWave.MaxWhereLength).Error;
    }

    private Result<IReadOnlyList<SourcePrefix>> Folded()
    {
        if (Sources is { } text) return text.Length > SourceAddresses.MaxTextLength ? new Invalid(nameof(Sources), "Text.TooLong", text.Length, SourceAddresses.MaxTextLength) : Result<IReadOnlyList<SourcePrefix>>.Ok(SourceAddresses.Fold(text).Prefixes);
        if (Prefixes.Count > SourceAddresses.MaxPrefixes) return new Invalid(nameof(Prefixes), "Wave.TooMany", Prefixes.Count, SourceAddresses.MaxPrefixes);
        return Prefixes.FirstOrDefault(p => p.Addresses < 0 || !SourceAddresses.IsPrefix(p.Prefix)) is { } bad ? new Invalid(nameof(Prefixes), "Wave.PrefixForm", bad.Prefix) : Result<IReadOnlyList<SourcePrefix>>.Ok(Prefixes);
    }
}
