using IncidentDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentDesk.Migrations.Postgres;

/// <summary>The context as <c>dotnet ef</c> sees it when it makes a migration. It never connects.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<DeskContext>
{
    // From the application's own services, for they say which tables the identity framework has.
    public DeskContext CreateDbContext(string[] args) => new ServiceCollection()
        .AddLogging()
        .AddDesk(new PostgresEngine("Host=localhost"))
        .BuildServiceProvider()
        .GetRequiredService<IDbContextFactory<DeskContext>>()
        .CreateDbContext();
}
