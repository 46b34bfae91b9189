using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>The board as a picture of points, for formats that take no other.</summary>
internal static partial class BoardPng
{
    /// <returns>Null where no Chromium can draw it.</returns>
    public static async Task<byte[]?> DrawAsync(Chromium chromium, DocumentFolder.Work work, string svg, CancellationToken ct)
    {
        if (chromium.Path is null || Box().Match(svg) is not { Success: true } box) return null;
        var (page, png) = (work.File("board.html"), work.File("board.png"));
        await File.WriteAllTextAsync(page, $"<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>body{{margin:0;background:#fff}}svg{{display:block}}</style>{svg}", ct);
        return await chromium.DrawAsync(work, page, Side(box, "w"), Side(box, "h"), png, ct) ? await File.ReadAllBytesAsync(png, ct) : null;
    }

    private static int Side(Match box, string which) => (int)Math.Clamp(Math.Ceiling(double.Parse(box.Groups[which].Value, CultureInfo.InvariantCulture)), 1, 8_000);

    [GeneratedRegex("""<svg[^>]*\sviewBox="[\d.-]+ [\d.-]+ (?<w>[\d.]+) (?<h>[\d.]+)"|<svg[^>]*\swidth="(?<w>[\d.]+)"[^>]*\sheight="(?<h>[\d.]+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Box();
}
