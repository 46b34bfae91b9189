using System.Globalization;
using IncidentDesk.Attacks;
using IncidentDesk.Web.Texts;

namespace IncidentDesk.Web.Attacks;

/// <summary>Magnitudes with their unit, as people write them: <c>20 Gbit/s</c>, <c>11,000 requests/s</c>.</summary>
internal static class BoardAmounts
{
    private static readonly string[] Prefixes = ["", "k", "M", "G", "T"];

    public static string Of(double value, TrafficUnit unit, Say say)
    {
        if (unit != TrafficUnit.Bps) return $"{value.ToString(value < 10 ? "0.#" : "N0", CultureInfo.CurrentCulture)} {say.Word(unit)}";
        var power = 0;
        while (value >= 999.5 && power < Prefixes.Length - 1) (value, power) = (value / 1_000, power + 1);
        return $"{value.ToString(value < 10 ? "0.#" : "N0", CultureInfo.CurrentCulture)} {Prefixes[power]}{say.Word(unit)}";
    }
}
