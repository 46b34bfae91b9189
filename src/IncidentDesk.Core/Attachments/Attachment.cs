using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Attachments;

/// <summary>A file of an incident. Never changed; its bytes stand in a table of their own, so that nobody reads them by accident.</summary>
public sealed class Attachment
{
    public const int MaxNameLength = 160;

    /// <summary>Of one file.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Files of one incident.</summary>
    public const int MaxCount = 300;

    /// <summary>Of all files of one incident.</summary>
    public const long MaxTotalBytes = 500L * 1024 * 1024;

    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }

    /// <summary>As it was called where it came from; never the name of a file on the server.</summary>
    public required string FileName { get; init; }

    /// <summary>By its content, not by what the sender said.</summary>
    public required string MediaType { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>Of the content, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public Guid AddedById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string AddedByName { get; init; }

    /// <summary>UTC.</summary>
    public DateTime AddedAt { get; init; }

    /// <summary>What those watch who want to know of an incident's files. Its number in the feed is how many there are, for none goes away.</summary>
    public static Guid FeedId(Guid incidentId) => FeedIds.OfFiles(incidentId);

    internal sealed class Configuration : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> b)
        {
            b.ToTable("Attachments");
            b.Property(a => a.FileName).HasMaxLength(MaxNameLength);
            b.Property(a => a.MediaType).HasMaxLength(100);
            b.Property(a => a.Sha256).HasMaxLength(64);
            b.Property(a => a.AddedByName).HasMaxLength(Person.MaxNameLength);
            b.HasIndex(a => new { a.IncidentId, a.AddedAt });
            b.HasOne(a => a.Incident).WithMany().HasForeignKey(a => a.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(a => a.AddedById).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>The bytes of an attachment.</summary>
public sealed class AttachmentContent
{
    public Guid AttachmentId { get; init; }
    public Attachment? Attachment { get; init; }
    public required byte[] Bytes { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AttachmentContent>
    {
        public void Configure(EntityTypeBuilder<AttachmentContent> b)
        {
            b.ToTable("AttachmentContents");
            b.HasKey(c => c.AttachmentId);
            b.Property(c => c.AttachmentId).ValueGeneratedNever();
            b.HasOne(c => c.Attachment).WithOne().HasForeignKey<AttachmentContent>(c => c.AttachmentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
