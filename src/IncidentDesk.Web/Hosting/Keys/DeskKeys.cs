using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Internal;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace IncidentDesk.Web.Hosting.Keys;

/// <summary>The keys that sign sessions and forms and hide the secrets of authenticators.</summary>
public static class DeskKeys
{
    /// <summary>Keys in the database, encrypted when there is a key file.</summary>
    public static IServiceCollection AddDeskKeys(this IServiceCollection services, DeskOptions desk)
    {
        if (desk.KeyFile is { Length: > 0 } path && KeyFile.Read(path, out _) is { } file) services.AddSingleton(file);
        services.AddSingleton<DatabaseKeys>().AddSingleton<KeyCheck>().AddSingleton<KeyWatch>();
        services.AddSingleton(s => new DeskKeyManager(new XmlKeyManager(s.GetRequiredService<IOptions<KeyManagementOptions>>(), s.GetRequiredService<IActivator>(), s.GetRequiredService<ILoggerFactory>())));
        services.AddSingleton<IKeyManager>(s => s.GetRequiredService<DeskKeyManager>());
        services.AddHostedService(s => s.GetRequiredService<KeyWatch>());
        services.AddDataProtection().SetApplicationName("IncidentDesk");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((options, s) =>
        {
            options.XmlRepository = s.GetRequiredService<DatabaseKeys>();
            if (s.GetService<KeyFile>() is { } secret) options.XmlEncryptor = new KeyEncryptor(secret);
        });
        return services;
    }
}
