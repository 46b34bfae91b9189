using IncidentDesk.Shared;
using Microsoft.AspNetCore.Identity;

namespace IncidentDesk.People;

/// <summary>Where passwords are compared. Hashing is slow on purpose: strangers share one place at a time, and people on devices that the desk knows have another.</summary>
public sealed class PasswordGate(IPasswordHasher<Person> hasher) : IDisposable
{
    // So many strangers wait for their turn; the next are told to come again.
    private const int MaxWaiting = 30;

    private readonly SemaphoreSlim _strangers = new(1);
    private readonly SemaphoreSlim _known = new(Math.Max(1, Environment.ProcessorCount - 1));
    private int _waiting;

    /// <param name="hash">Null for an account that is not there or has no password: the work is the same.</param>
    /// <param name="isKnown">Whether the attempt comes from somebody who was here before.</param>
    /// <returns>Whether it is the password, and whether its hash is of an older make; or <c>SignIn.Busy</c>.</returns>
    public async Task<Result<PasswordVerificationResult>> CompareAsync(string? hash, string password, bool isKnown, CancellationToken ct)
    {
        var places = isKnown ? _known : _strangers;
        if (!isKnown && Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return new Forbidden("SignIn.Busy");
        }
        try
        {
            await places.WaitAsync(ct);
            try
            {
                var outcome = await Task.Run(() => hasher.VerifyHashedPassword(null!, hash ?? ((PasswordRule.Hasher)hasher).Nobodys, password), ct);
                return hash is null ? PasswordVerificationResult.Failed : outcome;
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            if (!isKnown) Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose()
    {
        _strangers.Dispose();
        _known.Dispose();
    }
}
