from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("demo/mail/", views.mailbox, name="mailbox"),
    path("demo/mail/<number:number>/", views.mail, name="mail"),
]
