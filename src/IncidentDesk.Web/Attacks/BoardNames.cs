using System.Globalization;

namespace IncidentDesk.Web.Attacks;

/// <summary>Numbers and texts as a picture takes them.</summary>
internal static class BoardNames
{
    /// <summary>Of small text.</summary>
    public const double PerSmallLetter = 5.7;

    /// <summary>Of most names: a wide one goes a little over.</summary>
    public const double PerLetterOfName = 6;

    private const double PerLetter = 6.4;

    public static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The beginning for which there is room.</summary>
    public static string Fit(string text, double pixels, double perLetter = PerLetter)
    {
        var letters = Math.Max(1, (int)(pixels / perLetter));
        if (text.Length <= letters) return text;
        var end = letters - 1;
        // A pair of surrogates is one letter.
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }
}
