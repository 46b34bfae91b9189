using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace IncidentDesk.People;

/// <summary>Passwords that attackers try first, looked up on this machine: nobody else learns what somebody wants to use.</summary>
/// <param name="file">SHA-1 hashes in hexadecimal, one a line and sorted, with a count behind a colon or not: what the downloader of Pwned Passwords writes. Null for none.</param>
public sealed class BreachedPasswords(string? file)
{
    // Below it a password is found within a day on one machine that has the hash (zxcvbn's "3: safely unguessable").
    private const int EnoughScore = 3;

    // Its work grows with the square of the length, and what is guessable is guessable from the beginning.
    private const int RatedLength = 64;

    private const int HashLength = 40;

    /// <summary>Whether the file lists it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool Contains(string password)
    {
        if (file is null) return false;
#pragma warning disable CA5350 // the list's own hash; nothing is protected by it
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var list = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        // A search by halves over lines of different lengths: each probe reads on from the first line that begins at or behind it.
        var (low, high) = (0L, list.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (hash, next) = LineAt(list, middle);
            if (hash is null || string.CompareOrdinal(hash, wanted) > 0) high = middle;
            else if (hash == wanted) return true;
            else low = next;
        }
        return false;
    }

    /// <summary>Whether it is made of common passwords, words, names of the person or the desk, dates, rows of keys and repeats.</summary>
    /// <remarks>Rated by zxcvbn (Wheeler, USENIX Security 2016).</remarks>
    public static bool IsGuessable(string password, IEnumerable<string> ofThePerson) =>
        new Zxcvbn.Zxcvbn().EvaluatePassword(password.Length > RatedLength ? password[..RatedLength] : password, [.. ofThePerson.Where(w => w.Length > 2), "incidentdesk", "incident", "desk"]).Score < EnoughScore;

    /// <returns>The hash of the first whole line at or behind the place, in capitals, and where the line after it begins; null at the end.</returns>
    private static (string? Hash, long Next) LineAt(FileStream list, long place)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(256);
        try
        {
            // The byte before says whether a line begins here.
            var from = Math.Max(0, place - 1);
            list.Position = from;
            var read = list.ReadAtLeast(buffer.AsSpan(0, 256), 256, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, read);
            var start = place == 0 ? 0 : bytes.IndexOf((byte)'\n') + 1;
            if (place != 0 && start == 0) return (null, list.Length);
            bytes = bytes[start..];
            if (bytes.Length < HashLength) return (null, list.Length);
            var end = bytes.IndexOf((byte)'\n');
            return (Encoding.ASCII.GetString(bytes[..HashLength]).ToUpperInvariant(), end < 0 ? list.Length : from + start + end + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
