using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Data;

/// <summary>A key, or a revocation, of ASP.NET's Data Protection as its XML.</summary>
public sealed class DataProtectionKey
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DataProtectionKey>
    {
        public void Configure(EntityTypeBuilder<DataProtectionKey> b)
        {
            b.ToTable("DataProtectionKeys");
            b.Property(k => k.Name).HasMaxLength(200);
        }
    }
}
