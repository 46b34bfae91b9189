namespace IncidentDesk.Web.People;

/// <summary>What a browser calls itself, in two words, so that a person knows their own again.</summary>
internal static class DeviceName
{
    // The more special one first: all of them also call themselves by the names of the others.
    private static readonly (string Token, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrom", "Chrome"), ("Safari", "Safari")];
    private static readonly (string Token, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        var known = new[] { First(Browsers, userAgent), First(Systems, userAgent) }.OfType<string>().ToList();
        return known.Count > 0 ? string.Join(", ", known) : new string([.. userAgent.Where(c => c is >= ' ' and <= '~').Take(60)]);
    }

    private static string? First((string Token, string Name)[] names, string userAgent) =>
        Array.Find(names, n => userAgent.Contains(n.Token, StringComparison.Ordinal)).Name;
}
