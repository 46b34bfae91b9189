using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace IncidentDesk.Benchmarks;

/// <summary>Speaks to the diagnostics port that every .NET process has.</summary>
internal static class DiagnosticsPort
{
    private const ulong CollectHeap = 0x800000;

    /// <summary>Has the process run a full, blocking collection, as a heap snapshot does.</summary>
    public static async Task CollectGarbageAsync(int processId)
    {
        using var session = await ConnectAsync(processId);
        await session.SendAsync(Message(command: 2, payload =>
        {
            payload.Write(64u); // buffer, in MiB
            payload.Write(1u); // nettrace
            payload.Write(1u); // one provider
            payload.Write(CollectHeap);
            payload.Write(4u); // informational
            WriteText(payload, "Microsoft-Windows-DotNETRuntime");
            WriteText(payload, "");
        }));
        var answer = new byte[28];
        await session.ReceiveAsync(answer.AsMemory());
        var id = BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(20));
        // The collection happens while the session starts; what it reports is not read.
        await Task.Delay(300);
        using var stop = await ConnectAsync(processId);
        await stop.SendAsync(Message(command: 1, payload => payload.Write(id)));
        var rest = new byte[64 * 1024];
        while (await session.ReceiveAsync(rest.AsMemory()) > 0) { }
        await stop.ReceiveAsync(answer.AsMemory());
    }

    private static async Task<Socket> ConnectAsync(int processId)
    {
        var path = Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{processId}-*-socket").Single();
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    /// <param name="command">Of the command set EventPipe: 1 stops a session, 2 starts one.</param>
    private static byte[] Message(byte command, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content);
        writer.Write("DOTNET_IPC_V1\0"u8);
        writer.Write((ushort)0);
        writer.Write((byte)2);
        writer.Write(command);
        writer.Write((ushort)0);
        write(writer);
        writer.Flush();
        var message = content.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        return message;
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write((uint)text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }
}
