using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IncidentDesk.Import;

/// <summary>Ids that follow from what is imported, so that the database refuses a second copy.</summary>
internal static class ImportIds
{
    /// <summary>An id for each line. Equal lines of one file are told apart by their count.</summary>
    public static List<Guid> OfEntries(Guid incidentId, IReadOnlyList<ImportLine> lines)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new List<Guid>(lines.Count);
        foreach (var line in lines)
        {
            var content = string.Join('\u001f', incidentId, line.OccurredAt.At?.Ticks.ToString(CultureInfo.InvariantCulture), line.SourcePrecision, line.Category, line.SourceUrl, line.StatedTime, line.Body);
            var count = seen[content] = seen.GetValueOrDefault(content) + 1;
            ids.Add(Of($"{content}\u001f{count.ToString(CultureInfo.InvariantCulture)}"));
        }
        return ids;
    }

    public static Guid OfProposal(Guid entryId, string key) => Of($"{entryId}\u001f{key}");

    /// <param name="place">0, 1, …; the first has the id of the whole.</param>
    public static Guid OfSeries(Guid id, int place) => place == 0 ? id : Of($"{id}\u001f{place.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>An id for what a document brings.</summary>
    public static Guid OfDocument(params ReadOnlySpan<string> parts) => Of(string.Join('\u001f', parts));

    private static Guid Of(string content)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        // RFC 9562 version 8: a layout of our own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
