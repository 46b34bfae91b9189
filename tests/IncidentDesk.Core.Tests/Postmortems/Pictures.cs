using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace IncidentDesk.Tests.Postmortems;

/// <summary>Small pictures that carry words in their data.</summary>
internal static class Pictures
{
    public static byte[] Gif { get; } = Convert.FromBase64String("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

    /// <summary>40 by 20, red.</summary>
    public static byte[] Of(SKEncodedImageFormat format)
    {
        using var picture = new SKBitmap(40, 20);
        picture.Erase(SKColors.Red);
        using var data = picture.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>With an Exif block that holds the words and how it was held.</summary>
    public static byte[] Jpeg(string words, ushort orientation = 1)
    {
        var text = Encoding.ASCII.GetBytes(words + "\0\0\0\0");
        var tiff = new byte[38 + text.Length];
        "MM\0*"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(8), 2);
        Entry(tiff.AsSpan(10), 0x010E, 2, (uint)text.Length, 38);
        Entry(tiff.AsSpan(22), 0x0112, 3, 1, (uint)orientation << 16);
        text.CopyTo(tiff, 38);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(tiff.Length + 8));
        var jpeg = Of(SKEncodedImageFormat.Jpeg);
        return [.. jpeg[..2], 0xFF, 0xE1, .. length, .. "Exif\0\0"u8, .. tiff, .. jpeg[2..], .. Encoding.ASCII.GetBytes(words)];
    }

    /// <summary>With a chunk of text that holds the words.</summary>
    public static byte[] Png(string words)
    {
        var png = Of(SKEncodedImageFormat.Png);
        byte[] chunk = [.. "tEXtComment\0"u8, .. Encoding.ASCII.GetBytes(words)];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(chunk));
        // Behind the header, which is 33 bytes long.
        return [.. png[..33], .. length, .. chunk, .. check, .. png[33..]];
    }

    private static void Entry(Span<byte> at, ushort tag, ushort type, uint count, uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(at, tag);
        BinaryPrimitives.WriteUInt16BigEndian(at[2..], type);
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], count);
        BinaryPrimitives.WriteUInt32BigEndian(at[8..], value);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
