using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Shared;
using IncidentDesk.Web.Texts;
using IncidentDesk.Web.Timeline;

namespace IncidentDesk.Web.Attacks;

/// <summary>What is known of a wave, in the reader's words.</summary>
public static class WaveText
{
    /// <summary>For example <c>20 Gbit/s</c>, <c>1.2 M packets/s</c>, <c>12,000 connections</c>.</summary>
    public static string Magnitude(double value, TrafficUnit unit, Say say)
    {
        if (unit is TrafficUnit.Connections or TrafficUnit.Sources) return $"{value.ToString("N0", CultureInfo.CurrentCulture)} {say.Word(unit)}";
        var (scaled, prefix) = Magnitudes.Scale(value);
        return $"{scaled.ToString("0.##", CultureInfo.CurrentCulture)} {prefix}{(unit == TrafficUnit.Bps || prefix.Length == 0 ? "" : " ")}{say.Word(unit)}";
    }

    /// <summary>For example <c>about 20 Gbit/s, peak (uplink, inbound)</c>; empty when nothing was measured.</summary>
    public static string Magnitude(AttackWave wave, Say say)
    {
        if (wave is not { Magnitude: { } value, Unit: { } unit }) return "";
        var measured = Magnitude(value, unit, say);
        return wave.MagnitudeKind is { } kind
            ? say["Waves.AboutKind", measured, say.Word(kind).ToLower(CultureInfo.CurrentCulture), wave.MeasuredAt]
            : say["Waves.About", measured, wave.MeasuredAt];
    }

    /// <summary>From when to when, as well as it is known.</summary>
    /// <param name="now">UTC.</param>
    public static string Times(AttackWave wave, TimeZoneInfo zone, DateTime now, Say say)
    {
        string Short(OccurrenceTime time) => Stamps.Short(time, zone, now, say);
        return (wave.From, wave.To) switch
        {
            ({ At: null }, { At: null }) => say["Waves.DaysUnknown"],
            ({ At: null }, { } to) => say["Waves.Till", Short(to)],
            ({ } from, { At: null }) => say["Waves.EndUnknown", Short(from)],
            ({ } from, { } to) => say["Waves.FromTo", Short(from), Short(to)],
            ({ } from, null) => say["Waves.Since", Short(from)],
        };
    }

    /// <summary>Layer and technique of the vector, as far as they are known.</summary>
    public static string Technique(AttackVector? vector) => vector is null ? "" : string.Join(" ", new[] { vector.Layer, vector.AttackId }.Where(t => t.Length > 0));

    public static VectorFamily Family(this AttackWave wave) => AttackVectors.Find(wave.Vector)?.Family ?? VectorFamily.Unknown;
}
