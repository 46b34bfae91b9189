using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IncidentDesk.Web.Hosting.Door;

internal static class DoorServices
{
    public static IServiceCollection AddDoor(this IServiceCollection services)
    {
        services.TryAddSingleton<DoorLimits>();
        services.AddSingleton<KnownCredentials>().AddSingleton<Refusal>().AddSingleton<DeskDoor>().AddSingleton<OpenCircuits>().AddSingleton<CircuitOwners>();
        services.AddScoped<CircuitHandler, CircuitCount>();
        return services;
    }

    /// <summary>Goes before authentication.</summary>
    public static void UseDoor(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<DeskDoor>();
        app.Use(door.EnterAsync);
    }

    /// <summary>Goes after authentication and the choice of language.</summary>
    public static void UseLanesOfPeople(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<DeskDoor>();
        app.Use(door.MeetAsync);
        var circuits = app.Services.GetRequiredService<OpenCircuits>();
        app.Use(circuits.CountSocketsAsync);
        app.Use(circuits.EnterAsync);
    }
}
