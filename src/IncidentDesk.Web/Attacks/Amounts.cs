using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Attacks;

/// <summary>Measured values as people say them: three figures, <c>k</c>, <c>M</c>, <c>G</c> or <c>T</c>, and the unit.</summary>
public static class Amounts
{
    private static readonly (double Factor, string Prefix)[] Prefixes = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];

    /// <summary>For example <c>41.2 Gbit/s</c>, <c>1.3 M packets/s</c>, <c>850 connections</c>.</summary>
    public static string Text(double value, TrafficUnit unit, Say say)
    {
        // What rounds up to the next thousand is said with its prefix.
        var (factor, prefix) = Prefixes.FirstOrDefault(p => value >= p.Factor * 0.9995, (1, ""));
        var scaled = value / factor;
        var figures = scaled.ToString(scaled >= 99.95 ? "0" : scaled >= 9.995 ? "0.#" : "0.##", CultureInfo.CurrentCulture);
        return unit == TrafficUnit.Bps ? $"{figures} {prefix}{say.Word(unit)}" : prefix.Length == 0 ? $"{figures} {say.Word(unit)}" : $"{figures} {prefix} {say.Word(unit)}";
    }
}
