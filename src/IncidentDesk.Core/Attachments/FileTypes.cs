using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace IncidentDesk.Attachments;

/// <summary>What a file is by its content; neither its name nor its sender is asked.</summary>
/// <remarks>A closed list: what could act in a browser (HTML, SVG, scripts) is text, what is not known is bytes. Nothing is unpacked.</remarks>
public static class FileTypes
{
    public const string Text = "text/plain";
    public const string Bytes = "application/octet-stream";

    // Tabulator and line ends are text; a terminal's escape sequences are not.
    private static readonly SearchValues<byte> ControlCharacters = SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n' or '\r')).Append(127).Select(b => (byte)b)]);

    public static string Of(ReadOnlySpan<byte> content)
    {
        if (content is [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n', ..]) return "image/png";
        if (content is [0xFF, 0xD8, 0xFF, ..]) return "image/jpeg";
        if (content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8)) return "image/gif";
        if (content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8)) return "image/webp";
        if (content.StartsWith("%PDF-"u8)) return "application/pdf";
        if (content is [0x1F, 0x8B, 0x08, ..]) return "application/gzip";
        if (content is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..]) return "application/zip";
        if (content.Length >= 24 && BinaryPrimitives.ReadUInt32BigEndian(content) is 0xA1B2C3D4 or 0xD4C3B2A1 or 0xA1B23C4D or 0x4D3CB2A1) return "application/vnd.tcpdump.pcap";
        if (content.Length >= 28 && BinaryPrimitives.ReadUInt32BigEndian(content) == 0x0A0D0D0A && BinaryPrimitives.ReadUInt32BigEndian(content[8..]) is 0x1A2B3C4D or 0x4D3C2B1A) return "application/x-pcapng";
        return IsText(content) ? Text : Bytes;
    }

    /// <summary>Whether a page may show it.</summary>
    public static bool IsImage(string mediaType) => mediaType is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        if (!Utf8.IsValid(content) || content.ContainsAny(ControlCharacters)) return false;
        // The other control characters, U+0080 to U+009F.
        for (var rest = content; rest.IndexOf((byte)0xC2) is >= 0 and var at; rest = rest[(at + 2)..])
            if (rest[at + 1] < 0xA0) return false;
        return true;
    }
}
