using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace IncidentDesk.Testing;

/// <summary>Ports of the loopback interface for servers that a test starts, and may stop and start again.</summary>
public static class FreePort
{
    private static readonly HashSet<int> Given = [];

    /// <summary>A port that nobody listens on and that this process has not been given before.</summary>
    /// <remarks>
    /// Taken from below the range that the system gives to outgoing connections: while a server is down, a client that
    /// retries could otherwise be given the server's own port, and even connect to itself.
    /// </remarks>
    public static int Next()
    {
        lock (Given)
        {
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(20_000, 30_000);
                if (IsFree(port) && Given.Add(port))
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
