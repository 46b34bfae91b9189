using System.Buffers.Binary;
using System.IO.Compression;

namespace IncidentDesk.Benchmarks.Documents;

/// <summary>A PNG that cannot be packed any smaller, of about 100 KB.</summary>
internal static class NoisePicture
{
    private const int Side = 184;

    public static byte[] Of(int seed)
    {
        var rows = new byte[Side * ((Side * 3) + 1)];
        new Random(seed).NextBytes(rows);
        // The first byte of each row says that it is not filtered.
        for (var row = 0; row < Side; row++) rows[row * ((Side * 3) + 1)] = 0;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(rows);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Side);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Side);
        (head[8], head[9]) = (8, 2);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Write(file, "IHDR"u8, head);
        Write(file, "IDAT"u8, packed.ToArray());
        Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Write(MemoryStream file, ReadOnlySpan<byte> name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] summed = [.. name, .. data];
        file.Write(summed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Sum(summed));
        file.Write(number);
    }

    /// <summary>CRC-32 as PNG wants it (annex D).</summary>
    private static uint Sum(byte[] data)
    {
        var sum = uint.MaxValue;
        foreach (var one in data)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
        }
        return ~sum;
    }
}
