using IncidentDesk.Data;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Audit;

/// <summary>What the audit trail records: people and security. What happens in an incident stands in its timeline.</summary>
public enum AuditKind
{
    SignedIn, SignedOut, SignInThrottled, SignInUnlocked, SessionEnded,
    PasswordChanged, AuthenticatorAdded, AuthenticatorRemoved, PasskeyAdded, PasskeyRemoved, RecoveryCodesMade, RecoveryCodeUsed, SecondFactorReset,
    PersonInvited, LinkMade, RoleChanged, PersonDisabled, PersonEnabled, SecondFactorRequired,
    TokenCreated, TokenRevoked,
    SettingChanged, KeysRotated,
    Exported, RestrictedRead, RestrictionChanged, AccessRequested, AccessGranted, AccessRefused,
}

/// <summary>One line of the audit trail. Never changed and never removed.</summary>
public sealed class AuditEvent
{
    public const int MaxSubjectLength = 200;

    /// <summary>In the order in which they were written.</summary>
    public long Id { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Null for the operator on the server, for the desk itself and for a stranger.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The name at that time.</summary>
    public required string ActorName { get; init; }

    public AuditKind Kind { get; init; }

    /// <summary>Which account, token, role, setting or incident: its id or key.</summary>
    public string? SubjectId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Subject { get; init; }

    /// <summary>What was; null where nothing was.</summary>
    public string? Before { get; init; }

    /// <summary>What is; null where nothing is.</summary>
    public string? After { get; init; }

    /// <summary>From where, for what happens at the door.</summary>
    public string? Address { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEvent>
    {
        public void Configure(EntityTypeBuilder<AuditEvent> b)
        {
            b.ToTable("AuditEvents");
            b.Property(e => e.ActorName).HasMaxLength(Person.MaxNameLength);
            b.Property(e => e.SubjectId).HasMaxLength(80);
            b.Property(e => e.Subject).HasMaxLength(MaxSubjectLength);
            b.Property(e => e.Address).HasMaxLength(45);
            b.HasIndex(e => e.At);
            b.HasIndex(e => e.ActorId);
            b.HasIndex(e => e.SubjectId);
        }
    }
}

internal static class AuditTrail
{
    public const string Operator = "operator";

    /// <summary>Adds a line to what the context saves, so that it is kept with the change or not at all.</summary>
    public static void Audit(this DeskContext db, DateTime now, DeskMember? actor, AuditKind kind, string? subjectId, string subject, string? before = null, string? after = null, string? address = null) =>
        db.AuditEvents.Add(new AuditEvent
        {
            At = now,
            ActorId = actor?.AuthorId,
            ActorName = actor?.Name ?? Operator,
            Kind = kind,
            SubjectId = subjectId,
            Subject = subject.Length > AuditEvent.MaxSubjectLength ? subject[..AuditEvent.MaxSubjectLength] : subject,
            Before = before,
            After = after,
            Address = address,
        });
}
