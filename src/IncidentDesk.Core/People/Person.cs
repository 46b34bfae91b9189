using System.Text.Json.Serialization;
using IncidentDesk.Timeline;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.People;

/// <summary>What a person may do on the desk.</summary>
public enum PersonRole
{
    /// <summary>Reads.</summary>
    [JsonStringEnumMemberName("observer")] Observer,

    /// <summary>Reads all that it may see; writes decisions and communications only.</summary>
    [JsonStringEnumMemberName("leadership")] Leadership,

    /// <summary>Declares, logs, changes incidents.</summary>
    [JsonStringEnumMemberName("responder")] Responder,

    /// <summary>All of it, people and restricted incidents included.</summary>
    [JsonStringEnumMemberName("administrator")] Administrator,
}

/// <summary>What roles may do, in one place.</summary>
public static class PersonRoles
{
    public static bool MayLog(this PersonRole role, EntryKind kind) => role switch
    {
        PersonRole.Administrator or PersonRole.Responder => kind.IsWrittenByPeople(),
        PersonRole.Leadership => kind is EntryKind.Decision or EntryKind.Communication,
        PersonRole.Observer => false,
    };

    /// <summary>Declare incidents and change their state, roles, milestones and visibility; import.</summary>
    public static bool MayRespond(this PersonRole role) => role is PersonRole.Responder or PersonRole.Administrator;

    /// <summary>Review and approve what the team writes of an incident.</summary>
    public static bool MayReview(this PersonRole role) => role is not PersonRole.Observer;

    /// <summary>See which members attacks are aimed at most often.</summary>
    public static bool MaySeeTargets(this PersonRole role) => role is PersonRole.Leadership or PersonRole.Administrator;

    public static bool MayAdminister(this PersonRole role) => role is PersonRole.Administrator;
}

/// <summary>Somebody with an account on the desk.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public const int MaxNameLength = 80;

    /// <summary>Shown in the timeline: a name, initials or a shift.</summary>
    public required string DisplayName { get; set; }

    public required PersonRole Role { get; set; }

    /// <summary><c>en</c> or <c>es</c>.</summary>
    public required string Language { get; set; }

    /// <summary>IANA id of the person's own zone.</summary>
    public required string TimeZone { get; set; }

    /// <summary>UTC; null while the account works.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>UTC. Until then attempts to sign in from devices that the desk does not know are not held back for this account.</summary>
    public DateTime? UnlockedUntil { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> b)
        {
            b.ToTable("People");
            b.Property(p => p.DisplayName).HasMaxLength(MaxNameLength);
            b.Property(p => p.Language).HasMaxLength(2);
            b.Property(p => p.TimeZone).HasMaxLength(64);
        }
    }
}
