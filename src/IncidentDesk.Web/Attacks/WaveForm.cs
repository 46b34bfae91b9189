using System.Text.Json;
using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using IncidentDesk.Web.Components.Shared;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Attacks;

/// <summary>What is typed in the form of a wave; times and magnitude as the fields hold them.</summary>
public sealed class WaveForm
{
    /// <summary>What the script puts in while the pasted text is on its way, and when it could not be folded.</summary>
    public const string Pending = "…";
    public const string Failed = "!";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // What a field holds is to the minute or to three digits; what was not touched stays as it was.
    private (string?, string?) _from;
    private (string?, string?) _to;
    private (string, string) _magnitude;
    private WaveFacts? _before;

    public string Vector { get; set; } = "";
    public string? FromAt { get; set; }
    public string? FromPrecision { get; set; }
    public bool IsOver { get; set; }
    public string? ToAt { get; set; }
    public string? ToPrecision { get; set; }
    public string Magnitude { get; set; } = "";
    public string Unit { get; set; } = "";
    public string MagnitudeKind { get; set; } = "";
    public string MeasuredAt { get; set; } = "";
    public string Signature { get; set; } = "";
    public string Notes { get; set; } = "";
    public string Countries { get; set; } = "";
    public string Networks { get; set; } = "";
    public string AdaptedTo { get; set; } = "";
    public HashSet<Guid> Defences { get; } = [];
    public List<Asset> Targets { get; } = [];

    /// <summary>What became of the pasted sources, as the script was told; empty when nothing was pasted.</summary>
    public string Folded { get; set; } = "";

    /// <summary>Null when nothing was pasted, or it is not known yet what became of it.</summary>
    public FoldedSources? Sources => Folded is "" or Pending or Failed ? null : JsonSerializer.Deserialize<FoldedSources>(Folded, Json);

    /// <summary>Those that were there before.</summary>
    public IReadOnlyList<SourcePrefix> Prefixes => _before?.Prefixes ?? [];

    /// <summary>For a new wave: from now on.</summary>
    public void Begin(DateTime now, TimeZoneInfo zone)
    {
        _from = (FromAt, FromPrecision) = (WhenField.ToInput(now, zone), Precision.Exact.Label());
        _to = (ToAt, ToPrecision) = _from;
        MagnitudeKind = IncidentDesk.Attacks.MagnitudeKind.Peak.Label();
    }

    public void Fill(WaveFacts facts, IEnumerable<Asset> targets, DateTime now, TimeZoneInfo zone, Say say)
    {
        _before = facts;
        Vector = facts.Vector;
        _from = (FromAt, FromPrecision) = Shown(facts.From!, now, zone);
        IsOver = facts.To is not null;
        _to = (ToAt, ToPrecision) = facts.To is { } to ? Shown(to, now, zone) : (WhenField.ToInput(now, zone), Precision.Exact.Label());
        _magnitude = (Magnitude, Unit) = facts is { Magnitude: { } value, Unit: { } unit } ? (WaveText.Magnitude(value, unit, say), unit.Label()) : ("", "");
        (MagnitudeKind, MeasuredAt, Signature, Notes) = (facts.MagnitudeKind?.Label() ?? "", facts.MeasuredAt, facts.Signature, facts.Notes);
        (Countries, Networks) = (string.Join(", ", facts.Countries), string.Join('\n', facts.Networks));
        AdaptedTo = facts.AdaptedTo?.ToString() ?? "";
        Defences.UnionWith(facts.Defences);
        Targets.AddRange(targets);
    }

    /// <param name="now">UTC: when it is over since just now.</param>
    public Result<WaveFacts> Read(DateTime now, TimeZoneInfo zone)
    {
        if (Vector.Length == 0) return new Invalid(nameof(Vector), "Wave.VectorMissing");
        if (!At("From", (FromAt, FromPrecision), _from, _before?.From, zone).TryGet(out var from, out var error)) return error;
        OccurrenceTime? to = null;
        if (IsOver && !At("To", (ToAt, ToPrecision), _to, _before?.To, zone).TryGet(out to, out error)) return error;
        if (!Measured().TryGet(out var measured, out error)) return error;
        if (Folded == Pending) return new Invalid(nameof(Sources), "Wave.SourcesPending");
        if (Folded == Failed) return new Invalid(nameof(Sources), "Wave.SourcesFailed");
        return new WaveFacts(Vector)
        {
            From = from,
            To = IsOver ? to ?? OccurrenceTime.Exactly(now) : null,
            Magnitude = measured.Value,
            Unit = measured.Unit,
            MagnitudeKind = Labels.ParseOrNull<MagnitudeKind>(MagnitudeKind),
            MeasuredAt = MeasuredAt,
            Signature = Signature,
            Notes = Notes,
            Countries = Countries.Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries),
            Networks = Networks.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Prefixes = Sources?.Networks ?? Prefixes,
            Targets = [.. Targets.Select(a => a.Id)],
            AdaptedTo = Guid.TryParse(AdaptedTo, out var answered) ? answered : null,
            Defences = [.. Defences],
        };
    }

    /// <summary>The magnitude as it is understood.</summary>
    /// <returns>Nothing for an empty field.</returns>
    public Result<(double? Value, TrafficUnit? Unit)> Measured()
    {
        if (string.IsNullOrWhiteSpace(Magnitude)) return ((double?)null, (TrafficUnit?)null);
        if (_before?.Magnitude is not null && (Magnitude, Unit) == _magnitude) return (_before.Magnitude, _before.Unit);
        if (Magnitudes.Read(Magnitude) is not { } read) return new Invalid(nameof(Magnitude), "Wave.MagnitudeForm");
        return read.Unit is { } written ? (read.Value, written) : (read.Value, Labels.ParseOrNull<TrafficUnit>(Unit));
    }

    private static (string?, string?) Shown(OccurrenceTime time, DateTime now, TimeZoneInfo zone) =>
        (WhenField.ToInput(time.At ?? now, time.Precision == Precision.Day ? TimeZoneInfo.Utc : zone), time.Precision.Label());

    /// <returns>Null for the moment at which the desk hears of it: the field was not touched.</returns>
    private static Result<OccurrenceTime?> At(string field, (string? At, string? Precision) typed, (string?, string?) shown, OccurrenceTime? before, TimeZoneInfo zone)
    {
        if (typed == shown) return Result<OccurrenceTime?>.Ok(before);
        return WhenField.Read(field, typed.At, typed.Precision, zone).TryGet(out var time, out var error) ? time : error;
    }
}

/// <summary>What the script was told of pasted sources, as short as it can be sent.</summary>
/// <param name="Prefixes">Such as <c>203.0.113.0/24=12</c>, with blanks between.</param>
/// <param name="LinesWithout">The first of them.</param>
/// <param name="Without">How many there are.</param>
public sealed record FoldedSources(int Addresses, string Prefixes, int LengthV4, int LengthV6, IReadOnlyList<int> LinesWithout, int Without, IReadOnlyList<FoldSources.OwnAddress> Own)
{
    public IReadOnlyList<SourcePrefix> Networks { get; } =
    [
        .. Prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Where(p => p.Length == 2)
            .Select(p => new SourcePrefix(p[0], int.TryParse(p[1], out var count) ? count : 0)),
    ];
}
