using System.Net.Sockets;
using System.Text;

namespace IncidentDesk.Web.Tests.Hosting;

/// <summary>A client that begins a request and does not end it.</summary>
internal sealed class SlowSender : IDisposable
{
    private readonly TcpClient _client;

    public SlowSender(Uri address, string begin)
    {
        _client = new TcpClient(address.Host, address.Port);
        _client.GetStream().Write(Encoding.ASCII.GetBytes(begin));
    }

    /// <summary>Returns when the desk has closed the connection.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> ReadToEndAsync(CancellationToken ct)
    {
        using var reader = new StreamReader(_client.GetStream(), Encoding.ASCII);
        try
        {
            return await reader.ReadToEndAsync(ct);
        }
        catch (IOException)
        {
            return "";
        }
    }

    public void Dispose() => _client.Dispose();
}
