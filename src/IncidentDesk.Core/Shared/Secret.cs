using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace IncidentDesk.Shared;

/// <summary>Secrets that the desk hands out once and afterwards knows only by their hash.</summary>
public static class Secret
{
    /// <summary>256 random bits, safe in a URL and in a header.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in lower-case hexadecimal. No salt or stretching: the secret has full entropy.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
