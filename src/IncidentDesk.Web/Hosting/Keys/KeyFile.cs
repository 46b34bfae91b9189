using System.Security.Cryptography;

namespace IncidentDesk.Web.Hosting.Keys;

/// <summary>Encrypts keys with a secret that is kept outside the database (AES-256-GCM).</summary>
internal sealed class KeyFile(byte[] secret)
{
    public const int SecretBytes = 32;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    /// <param name="path">Full path of a file with 32 random bytes as base64.</param>
    /// <param name="problem">What is wrong with it; null when it was read.</param>
    public static KeyFile? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            if (!Path.IsPathFullyQualified(path)) problem = "Desk:KeyFile is not a full path.";
            else if (Convert.FromBase64String(File.ReadAllText(path).Trim()) is { Length: SecretBytes } secret) return new KeyFile(secret);
            else problem = $"Desk:KeyFile does not hold {SecretBytes} bytes. Make one: openssl rand -base64 {SecretBytes}";
        }
        catch (FormatException)
        {
            problem = $"Desk:KeyFile is not base64. Make one: openssl rand -base64 {SecretBytes}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"Desk:KeyFile cannot be read: {e.Message}";
        }
        return null;
    }

    /// <returns>Nonce, tag and cipher text.</returns>
    public byte[] Encrypt(ReadOnlySpan<byte> text)
    {
        var result = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(secret, TagBytes);
        aes.Encrypt(result.AsSpan(0, NonceBytes), text, result.AsSpan(NonceBytes + TagBytes), result.AsSpan(NonceBytes, TagBytes));
        return result;
    }

    /// <returns>Null when it was encrypted with another secret, or changed since.</returns>
    public byte[]? Decrypt(ReadOnlySpan<byte> encrypted)
    {
        if (encrypted.Length < NonceBytes + TagBytes) return null;
        var text = new byte[encrypted.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(secret, TagBytes);
        try
        {
            aes.Decrypt(encrypted[..NonceBytes], encrypted[(NonceBytes + TagBytes)..], encrypted.Slice(NonceBytes, TagBytes), text);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
