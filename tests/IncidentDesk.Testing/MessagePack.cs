using System.Buffers.Binary;
using System.Text;

namespace IncidentDesk.Testing;

/// <summary>As much of MessagePack as a circuit speaks.</summary>
internal static class MessagePack
{
    /// <summary>A framed message: its length as a varint, then an array of the values.</summary>
    /// <param name="values">Null, bool, long, string, object[] or an empty map (<see cref="EmptyMap"/>).</param>
    public static byte[] Frame(params object?[] values)
    {
        using var body = new MemoryStream();
        Write(body, values);
        using var framed = new MemoryStream();
        for (var length = (uint)body.Length; ; length >>= 7)
        {
            framed.WriteByte((byte)(length < 0x80 ? length : (length & 0x7f) | 0x80));
            if (length < 0x80) break;
        }
        body.WriteTo(framed);
        return framed.ToArray();
    }

    public static object EmptyMap { get; } = new();

    private static void Write(MemoryStream to, object? value)
    {
        switch (value)
        {
            case null: to.WriteByte(0xc0); break;
            case bool b: to.WriteByte(b ? (byte)0xc3 : (byte)0xc2); break;
            case long n:
                Span<byte> number = stackalloc byte[9];
                number[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(number[1..], n);
                to.Write(number);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                Span<byte> head = stackalloc byte[5];
                head[0] = 0xdb;
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)bytes.Length);
                to.Write(head);
                to.Write(bytes);
                break;
            case object?[] { Length: < 16 } items:
                to.WriteByte((byte)(0x90 | items.Length));
                foreach (var item in items) Write(to, item);
                break;
            case var map when map == EmptyMap: to.WriteByte(0x80); break;
            default: throw new NotSupportedException(value.GetType().Name);
        }
    }

    /// <summary>Takes one framed message off the front.</summary>
    /// <returns>False when it is not there as a whole yet.</returns>
    public static bool TryTake(ref ReadOnlyMemory<byte> data, out ReadOnlyMemory<byte> message)
    {
        var (length, shift, at) = (0, 0, 0);
        message = default;
        while (true)
        {
            if (at >= data.Length) return false;
            var b = data.Span[at++];
            length |= (b & 0x7f) << shift;
            shift += 7;
            if (b < 0x80) break;
        }
        if (data.Length - at < length) return false;
        message = data.Slice(at, length);
        data = data[(at + length)..];
        return true;
    }

    /// <summary>Reads one value; binary comes as <see cref="ReadOnlyMemory{T}"/>, a map as null.</summary>
    public static object? Read(ref ReadOnlyMemory<byte> data)
    {
        var code = data.Span[0];
        data = data[1..];
        switch (code)
        {
            case < 0x80: return (long)code;
            case < 0x90: return ReadMap(ref data, code & 0x0f);
            case < 0xa0: return ReadArray(ref data, code & 0x0f);
            case < 0xc0: return Text(ref data, code & 0x1f);
            case 0xc0: return null;
            case 0xc2: return false;
            case 0xc3: return true;
            case 0xc4: return Bytes(ref data, (int)Number(ref data, 1));
            case 0xc5: return Bytes(ref data, (int)Number(ref data, 2));
            case 0xc6: return Bytes(ref data, (int)Number(ref data, 4));
            case 0xca: return Bytes(ref data, 4);
            case 0xcb: return Bytes(ref data, 8);
            case >= 0xcc and <= 0xcf: return Number(ref data, 1 << (code - 0xcc));
            case >= 0xd0 and <= 0xd3: return Number(ref data, 1 << (code - 0xd0));
            case 0xd9: return Text(ref data, (int)Number(ref data, 1));
            case 0xda: return Text(ref data, (int)Number(ref data, 2));
            case 0xdb: return Text(ref data, (int)Number(ref data, 4));
            case 0xdc: return ReadArray(ref data, (int)Number(ref data, 2));
            case 0xde: return ReadMap(ref data, (int)Number(ref data, 2));
            case >= 0xe0: return (long)(sbyte)code;
            default: throw new NotSupportedException($"0x{code:x2}");
        }
    }

    private static object?[] ReadArray(ref ReadOnlyMemory<byte> data, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++) items[i] = Read(ref data);
        return items;
    }

    private static object? ReadMap(ref ReadOnlyMemory<byte> data, int count)
    {
        for (var i = 0; i < 2 * count; i++) Read(ref data);
        return null;
    }

    private static long Number(ref ReadOnlyMemory<byte> data, int size)
    {
        var value = 0L;
        foreach (var b in data.Span[..size]) value = (value << 8) | b;
        data = data[size..];
        return value;
    }

    private static ReadOnlyMemory<byte> Bytes(ref ReadOnlyMemory<byte> data, int length)
    {
        var bytes = data[..length];
        data = data[length..];
        return bytes;
    }

    private static string Text(ref ReadOnlyMemory<byte> data, int length) => Encoding.UTF8.GetString(Bytes(ref data, length).Span);
}
