using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.People;

/// <summary>How somebody proved who they are.</summary>
public enum SignInMethod
{
    /// <summary>A password alone.</summary>
    Password,

    /// <summary>A password and a code of the authenticator.</summary>
    PasswordAndCode,

    /// <summary>A password and one of the recovery codes.</summary>
    PasswordAndRecoveryCode,

    /// <summary>A passkey, which verified its user.</summary>
    Passkey,

    /// <summary>An administrator's link, which works once.</summary>
    Link,
}

public static class SignInMethods
{
    /// <summary>Whether it took more than something that can be guessed, read along or handed on.</summary>
    public static bool HasSecondFactor(this SignInMethod method) => method switch
    {
        SignInMethod.PasswordAndCode or SignInMethod.PasswordAndRecoveryCode or SignInMethod.Passkey => true,
        SignInMethod.Password or SignInMethod.Link => false,
    };
}

/// <summary>Somebody signed in on one browser. The browser holds a secret of which only the hash is kept.</summary>
public sealed class Session
{
    /// <summary>A shift. It does not grow longer by use.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>As above, on a device on which the person asked to stay signed in.</summary>
    public static readonly TimeSpan LongLifetime = TimeSpan.FromDays(7);

    public const int MaxDeviceLength = 120;

    public Guid Id { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>See <see cref="Secret.Hash"/>.</summary>
    public required string KeyHash { get; init; }

    public SignInMethod Method { get; set; }

    /// <summary>What the browser said of itself, shortened.</summary>
    public required string Device { get; init; }

    /// <summary>From where it began.</summary>
    public required string Address { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC, to the minute or so.</summary>
    public DateTime LastSeenAt { get; set; }

    /// <summary>UTC. It ends then, however much it is used.</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>UTC; null while it has not been ended.</summary>
    public DateTime? EndedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> b)
        {
            b.ToTable("Sessions");
            b.Property(s => s.KeyHash).HasMaxLength(64);
            b.Property(s => s.Device).HasMaxLength(MaxDeviceLength);
            b.Property(s => s.Address).HasMaxLength(45);
            b.HasIndex(s => s.KeyHash).IsUnique();
            b.HasIndex(s => s.PersonId);
            b.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
